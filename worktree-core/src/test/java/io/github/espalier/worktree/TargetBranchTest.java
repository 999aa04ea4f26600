package io.github.espalier.worktree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.espalier.worktree.TargetBranch.AdvanceOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetBranchTest {
    @TempDir
    Path folder;

    private TestRepository repository;
    private String from;
    private String to;

    /** {@code main} is checked out; the commit to advance to changes, adds and deletes a file. */
    @BeforeEach
    void makeRepository() {
        repository = TestRepository.create(folder.resolve("project"));
        repository
                .write("changed.txt", "old\n")
                .write("deleted.txt", "d\n")
                .write("kept.txt", "k\n")
                .commit("base");
        from = repository.head();
        repository.git("checkout", "-q", "-b", "work");
        repository.write("changed.txt", "new\n").write("added.txt", "a\n").git("rm", "-q", "deleted.txt");
        to = repository.commit("work");
        repository.git("checkout", "-q", "main");
    }

    private AdvanceOutcome advance() {
        return TargetBranch.of(repository.open(), "main").advance(from, to, "test");
    }

    private AdvanceOutcome.Held held() {
        CheckoutFingerprint before = CheckoutFingerprint.of(repository.directory());
        AdvanceOutcome outcome = advance();
        assertThat(outcome).isInstanceOf(AdvanceOutcome.Held.class);
        assertThat(CheckoutFingerprint.of(repository.directory())).isEqualTo(before);
        assertThat(repository.resolve("main")).isEqualTo(from);
        return (AdvanceOutcome.Held) outcome;
    }

    private void assertFollowed() {
        assertThat(repository.head()).isEqualTo(to);
        assertThat(repository.read("changed.txt")).isEqualTo("new\n");
        assertThat(repository.read("added.txt")).isEqualTo("a\n");
        assertThat(repository.directory().resolve("deleted.txt")).doesNotExist();
    }

    @Test
    void carriesACheckoutAlongThatSomebodyHasCalledBareSince() {
        TargetBranch target = TargetBranch.of(repository.open(), "main");
        repository.git("config", "core.bare", "true");

        assertThat(target.advance(from, to, "test")).isInstanceOf(AdvanceOutcome.Advanced.class);

        repository.git("config", "core.bare", "false");
        assertFollowed();
        assertThat(repository.git("status", "--porcelain")).isEmpty();
    }

    @Test
    void ranksTheTrustedFilterAboveAProcessThatItsDriverWasGivenSince() {
        repository.git("config", "filter.x.smudge", "tr a-z A-Z");
        repository.write(".git/info/attributes", "changed.txt filter=x\n");
        TargetBranch target = TargetBranch.of(repository.open(), "main");
        repository.git("config", "filter.x.process", "false");

        assertThat(target.advance(from, to, "test")).isInstanceOf(AdvanceOutcome.Advanced.class);

        assertThat(repository.read("changed.txt")).isEqualTo("NEW\n");
    }

    @Test
    void holdsWhereNobodyKnowsWhichFiltersAreTrusted() {
        String digest = TrustedConfiguration.of(repository.open()).digest();
        repository.git("config", "filter.x.smudge", "cat");
        TargetBranch target =
                TargetBranch.of(repository.open(), "main", TrustedConfiguration.of(repository.open(), digest));

        assertThat(target.advance(from, to, "test"))
                .isInstanceOfSatisfying(
                        AdvanceOutcome.Held.class,
                        held -> assertThat(held.reason()).contains("filters were configured"));
        assertThat(repository.read("changed.txt")).isNotEqualTo("new\n");
    }

    @Test
    void movesABranchThatNobodyHasOut() {
        repository.git("checkout", "-q", "--detach");
        CheckoutFingerprint before = CheckoutFingerprint.of(repository.directory());

        assertThat(advance()).isInstanceOf(AdvanceOutcome.Advanced.class);

        assertThat(repository.resolve("main")).isEqualTo(to);
        assertThat(CheckoutFingerprint.of(repository.directory())).isEqualTo(before);
    }

    @Test
    void bringsACleanCheckoutForward() {
        assertThat(advance())
                .isInstanceOfSatisfying(
                        AdvanceOutcome.Advanced.class,
                        advanced -> assertThat(advanced.followed()).containsExactly(repository.directory()));

        assertFollowed();
        assertThat(repository.git("status", "--porcelain")).isEmpty();
        assertThat(repository.git("reflog", "-1", "--format=%gs", "main")).contains("test");
    }

    @Test
    void bringsALinkedCheckoutForward() {
        repository.git("checkout", "-q", "work");
        Path linked = folder.resolve("linked");
        repository.git("worktree", "add", "-q", linked.toString(), "main");

        assertThat(advance()).isInstanceOf(AdvanceOutcome.Advanced.class);

        assertThat(linked.resolve("added.txt")).hasContent("a");
        assertThat(TestRepository.at(linked).git("status", "--porcelain")).isEmpty();
    }

    @Test
    void keepsEditsOfOtherFiles() {
        repository
                .write("kept.txt", "my edit\n")
                .write("untracked.txt", "mine\n")
                .write("staged.txt", "s\n");
        repository.git("add", "staged.txt");

        assertThat(advance()).isInstanceOf(AdvanceOutcome.Advanced.class);

        assertFollowed();
        assertThat(repository.git("status", "--porcelain").lines())
                .containsExactlyInAnyOrder(" M kept.txt", "A  staged.txt", "?? untracked.txt");
        assertThat(repository.read("kept.txt")).isEqualTo("my edit\n");
    }

    @Test
    void followsWhereAFileWasOnlyTouched() {
        assertThat(repository.directory().resolve("changed.txt").toFile().setLastModified(1_000_000_000_000L))
                .isTrue();

        assertThat(advance()).isInstanceOf(AdvanceOutcome.Advanced.class);
        assertFollowed();
    }

    @Test
    void holdsWhereAFileThatChangesWasEdited() {
        repository.write("changed.txt", "my edit\n");

        assertThat(held().paths()).contains("changed.txt");
    }

    @Test
    void holdsWhereAFileThatChangesWasStaged() {
        repository.write("changed.txt", "my edit\n").git("add", "changed.txt");

        held();
    }

    @ParameterizedTest
    @ValueSource(strings = {"added.txt", "added.txt/inside.txt"})
    void holdsWhereAnUntrackedFileIsInTheWay(String path) {
        repository.write(path, "mine\n");

        held();
    }

    @Test
    void holdsWhereAnIgnoredFileIsInTheWay() throws IOException {
        Files.writeString(repository.directory().resolve(".git/info/exclude"), "added.txt\n");
        repository.write("added.txt", "mine\n");

        assertThat(held().paths()).containsExactly("added.txt");
    }

    @Test
    void holdsWhereAFileThatGoesWasEdited() {
        repository.write("deleted.txt", "my edit\n");

        held();
    }

    /** {@code git read-tree -m -u} deletes what is staged there, whatever a change staged or not is made to. */
    @ParameterizedTest
    @ValueSource(strings = {"folder/file.txt", "folder/new.txt"})
    void holdsWhereAFileTakesThePlaceOfAFolderInWhichSomethingIsStaged(String path) throws IOException {
        from = repository.write("folder/file.txt", "f\n").commit("folder");
        repository.git("checkout", "-q", "-B", "work");
        repository.git("rm", "-q", "-r", "folder");
        to = repository.write("folder", "a file now\n").commit("file");
        repository.git("checkout", "-q", "main");
        repository.write(path, "my edit\n").git("add", path);

        held();
        Files.delete(repository.directory().resolve(path));
        assertThat(held().paths()).containsExactly(path);
    }

    @Test
    void holdsInTheMiddleOfAMerge() {
        repository.git("checkout", "-q", "-b", "side");
        repository.write("kept.txt", "side\n").commit("side");
        repository.git("checkout", "-q", "main");
        repository.git("merge", "-q", "--no-commit", "--no-ff", "side");

        assertThat(held().reason()).contains("in progress");
    }

    @Test
    void holdsInTheMiddleOfARebaseOfTheTarget() {
        repository.git("checkout", "-q", "-b", "side", "main~1");
        repository.write("changed.txt", "conflict\n").commit("side");
        String side = repository.head();
        repository.git("checkout", "-q", "main");
        assertThatThrownBy(() -> repository.git("rebase", "-q", side)).isInstanceOf(AssertionError.class);

        AdvanceOutcome outcome = advance();

        assertThat(outcome).isInstanceOf(AdvanceOutcome.Held.class);
        assertThat(repository.resolve("main")).isEqualTo(from);
        repository.git("rebase", "--abort");
    }

    @Test
    void tellsThatSomebodyElseMovedIt() {
        String theirs = repository.write("theirs.txt", "t").commit("theirs");

        assertThat(advance()).isEqualTo(new AdvanceOutcome.Moved(theirs));
        assertThat(repository.head()).isEqualTo(theirs);
    }

    @Test
    void doesNotWaitForEverForALock() throws IOException {
        Files.createFile(repository.directory().resolve(".git/index.lock"));

        assertThat(held().reason()).contains("index.lock");

        assertThat(repository.directory().resolve(".git/index.lock")).exists();
    }

    @Test
    void refusesABranchThatIsNotThere() {
        assertThatThrownBy(() -> TargetBranch.of(repository.open(), "missing").tip())
                .isInstanceOf(WorktreeException.class)
                .hasMessageContaining("missing");
        assertThatThrownBy(() -> TargetBranch.of(repository.open(), "-x")).isInstanceOf(InvalidNameException.class);
    }
}
