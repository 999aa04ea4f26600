package io.github.espalier.worktree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Adding and pruning leave alone what is there. */
class AddingTest {
    /** A smudge filter that kills the git that runs it, and the {@code git worktree add} which started that. */
    private static final String KILL = "kill -9 $(awk '{print $4}' /proc/$PPID/stat) $PPID";

    @TempDir
    Path folder;

    private TestRepository repository;
    private WorktreeManager worktrees;

    @BeforeEach
    void makeRepository() {
        repository = TestRepository.create(folder.resolve("project"));
        repository.write("src/A.java", "class A {}\n").commit("second");
        worktrees = WorktreeManager.of(repository.open());
    }

    @AfterEach
    void closeManager() {
        worktrees.close();
    }

    private WorktreeRequest request(String name) {
        return new WorktreeRequest(folder.resolve("project-wt" + name), "feature/" + name, repository.head());
    }

    private Worktree add(String name) {
        return worktrees.add(request(name));
    }

    private void restart() {
        worktrees.close();
        worktrees = WorktreeManager.of(repository.open());
    }

    private String state() throws IOException {
        StringBuilder state = new StringBuilder(repository.git("for-each-ref"))
                .append(repository.git("worktree", "list", "--porcelain"));
        for (Path file : new Path[] {folder, repository.directory().resolve(".git/worktrees")}) {
            if (Files.exists(file)) {
                try (var walk = Files.walk(file)) {
                    walk.filter(path -> !path.startsWith(repository.directory()))
                            .sorted()
                            .forEach(path -> state.append(path).append('\n'));
                }
            }
        }
        return state.toString();
    }

    private void assertRefusesAndChangesNothing(String name) throws IOException {
        String before = state();
        assertThatThrownBy(() -> add(name)).isInstanceOf(WorktreeExistsException.class);
        assertThat(state()).isEqualTo(before);
    }

    @Test
    void keepsAMissingWorktreeThatIsLocked() throws IOException {
        Worktree worktree = add("a");
        repository.git("worktree", "lock", worktree.directory().toString());
        Files.move(worktree.directory(), folder.resolve("unplugged"));

        assertRefusesAndChangesNothing("a");
        worktrees.prune();

        Files.move(folder.resolve("unplugged"), worktree.directory());
        assertThat(TestRepository.at(worktree.directory()).git("status", "--porcelain"))
                .isEmpty();
    }

    @Test
    void doesNotAdoptALeftoverThatIsLocked() throws IOException {
        Worktree worktree = add("a");
        repository.git("worktree", "lock", worktree.directory().toString());

        assertRefusesAndChangesNothing("a");
    }

    @Test
    void doesNotAdoptALeftoverWithAnEditThatGitWasToldNotToSee() throws IOException {
        TestRepository work = TestRepository.at(add("a").directory());
        work.git("update-index", "--assume-unchanged", "src/A.java");
        work.write("src/A.java", "edited\n");

        assertRefusesAndChangesNothing("a");
        assertThat(work.read("src/A.java")).isEqualTo("edited\n");
    }

    @Test
    void prunesNothingWhoseDirectoryIsThere() throws IOException {
        Worktree worktree = add("a");
        TestRepository work = TestRepository.at(worktree.directory());
        work.write("staged.txt", "s").git("add", "staged.txt");
        Path pointer = worktree.directory().resolve(".git");
        String text = Files.readString(pointer);
        Files.delete(pointer);

        worktrees.prune();

        Files.writeString(pointer, text);
        assertThat(work.git("status", "--porcelain")).isEqualTo("A  staged.txt");
    }

    @Test
    void prunesNoRegistrationThatHoldsStagedContentOrCommits() throws IOException {
        TestRepository staged = TestRepository.at(add("a").directory());
        staged.write("staged.txt", "s").git("add", "staged.txt");
        TestRepository amended = TestRepository.at(add("b").directory());
        amended.write("b.txt", "b").commit("first try");
        amended.git("commit", "-q", "--amend", "-m", "second try");
        add("c");
        for (String name : new String[] {"a", "b", "c"}) {
            Files.move(request(name).directory(), folder.resolve("moved-" + name));
        }

        worktrees.prune();

        assertThat(repository.git("worktree", "list"))
                .contains("project-wta", "project-wtb")
                .doesNotContain("project-wtc");
    }

    @Test
    void leavesABranchAloneThatAWorktreeOutOfReachHasOut() throws IOException {
        Worktree worktree = add("a");
        repository.git("worktree", "lock", worktree.directory().toString());
        Files.move(worktree.directory(), folder.resolve("unplugged"));
        String before = repository.resolve("feature/a");
        repository.write("later.txt", "x").commit("later");

        assertThatThrownBy(() ->
                        worktrees.add(new WorktreeRequest(folder.resolve("else"), "feature/a", repository.head())))
                .isInstanceOf(WorktreeExistsException.class);
        assertThat(repository.resolve("feature/a")).isEqualTo(before);
    }

    @Test
    void findsItsNameFreeAfterSomebodyDeletedTheBranchesAboveAndBelow() {
        for (String branch : new String[] {"feature", "feature/a/b"}) {
            Worktree made = worktrees.add(
                    new WorktreeRequest(folder.resolve("wt-" + branch.length()), branch, repository.head()));
            repository.git("worktree", "remove", made.directory().toString());
            repository.git("branch", "-q", "-D", branch);
        }

        assertThat(add("a").directory()).isDirectory();
    }

    @Test
    void makesTheBranchThatADeathKeptFromBeingMade() {
        repository.git("update-ref", "refs/espalier/start/feature/a", "main~1");

        Worktree made = add("a");
        worktrees.prune();

        assertThat(repository.git("rev-parse", "refs/espalier/start/feature/a", made.ref()))
                .isEqualTo(repository.head() + "\n" + repository.head());
    }

    @Test
    void prunesWhatWasNotedOfABranchThatIsGone() {
        Worktree kept = add("a");
        Worktree unborn = add("b");
        repository.git("update-ref", "-d", unborn.ref());
        repository.git("update-ref", "refs/espalier/start/feature/gone", "main");

        worktrees.prune();

        assertThat(repository.git("for-each-ref", "--format=%(refname)", "refs/espalier"))
                .isEqualTo("refs/espalier/start/" + kept.branch() + "\nrefs/espalier/start/" + unborn.branch());
    }

    @Test
    void takesBackWhatAKilledGitBegan() {
        repository.write(".gitattributes", "src/A.java filter=x\n").commit("attributes");
        repository.git("config", "filter.x.smudge", "kill -9 $PPID");
        restart();

        assertThatThrownBy(() -> add("a")).isInstanceOf(GitCommandException.class);

        assertThat(request("a").directory()).doesNotExist();
        assertThat(repository.git("for-each-ref", "--format=%(refname)")).isEqualTo("refs/heads/main");
        assertThat(worktrees.list()).hasSize(1);
    }

    @Test
    void leavesAloneWhatAKilledHostAndItsKilledGitBegan() throws IOException {
        repository.write(".gitattributes", "src/A.java filter=x\n").commit("attributes");
        repository.git("config", "filter.x.smudge", KILL);
        WorktreeRequest request = request("a");
        for (String ref : new String[] {"refs/heads/feature/a", "refs/espalier/start/feature/a"}) {
            repository.git("update-ref", ref, repository.head());
        }
        assertThatThrownBy(() ->
                        repository.git("worktree", "add", request.directory().toString(), request.branch()))
                .isInstanceOf(AssertionError.class);
        assertThat(request.directory()).isDirectory();
        repository.git("config", "--unset", "filter.x.smudge");
        restart();

        assertRefusesAndChangesNothing("a");
        worktrees.prune();
        assertThat(add("a-2").directory().resolve("src/A.java")).exists();
    }

    @Test
    void takesATagOfTheSameNameForNoBranch() {
        repository.git("tag", "feature/a", "main~1");

        assertThat(TestRepository.at(add("a").directory()).head()).isEqualTo(repository.head());
    }

    @Test
    void takesNoOtherRefForTheBranch() {
        repository.git("update-ref", "refs/heads/refs/heads/feature/a", "main~1");

        assertThat(TestRepository.at(add("a").directory()).head()).isEqualTo(repository.head());
    }

    @Test
    void worksBesideAWorktreeWhosePathIsNoUtf8() throws IOException {
        add("a");
        Path pointer = repository.directory().resolve(".git/worktrees/project-wta/gitdir");
        Files.write(pointer, "/nowhere/\u00e9/.git\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(add("b").directory()).isDirectory();
    }

    @Test
    void addsUnderAPathWithALineBreak() {
        Worktree worktree =
                worktrees.add(new WorktreeRequest(folder.resolve("two\nlines"), "feature/a", repository.head()));

        worktrees.remove(worktree, Removal.keepingBranch());

        assertThat(worktree.directory()).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"CON", "nul.txt", "com1", "a\u007fb", "a\nb", "HEAD", "feature/.hidden"})
    void takesANameForABranchOrRefusesItBeforeAnythingIsMade(String branch) {
        Path directory = folder.resolve("wt");
        try {
            worktrees.remove(
                    worktrees.add(new WorktreeRequest(directory, branch, repository.head())),
                    Removal.deletingBranchAt(repository.head()));
        } catch (InvalidNameException e) {
            assertThat(e.name()).isEqualTo(branch);
        }
        assertThat(directory).doesNotExist();
        assertThat(repository.git("for-each-ref", "--format=%(refname)")).isEqualTo("refs/heads/main");
    }

    @Test
    void refusesNamesThatAreTooLong() {
        char[] letters = new char[300];
        Arrays.fill(letters, 'x');
        String name = new String(letters);

        assertThatThrownBy(() -> worktrees.add(new WorktreeRequest(folder.resolve("wt"), name, repository.head())))
                .isInstanceOf(InvalidNameException.class);
        assertThatThrownBy(() -> worktrees.add(new WorktreeRequest(folder.resolve(name), "a", repository.head())))
                .isInstanceOf(WorktreeException.class);
        assertThat(repository.git("for-each-ref", "--format=%(refname)")).isEqualTo("refs/heads/main");
    }
}
