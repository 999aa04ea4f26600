package io.github.espalier.worktree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Worktrees that wait for their next task. */
class WorktreePoolTest {
    private static final PoolOptions OPTIONS = PoolOptions.defaults().withSpares(0);

    @TempDir
    Path folder;

    private TestRepository repository;
    private GitRepository opened;
    private WorktreeManager pool;

    @BeforeEach
    void makeRepository() {
        repository = TestRepository.create(folder.resolve("project"));
        repository
                .write("a.txt", "a\n")
                .write("dir/b.txt", "b\n")
                .write("dir/c.txt", "c\n")
                .write(".gitignore", "*.ign\ntarget/\n")
                .commit("second");
        opened = repository.open();
        pool = pooled(OPTIONS);
    }

    @AfterEach
    void closePool() {
        pool.close();
    }

    private WorktreeManager pooled(PoolOptions options) {
        return WorktreeManager.pooled(WorktreeManager.of(opened), options);
    }

    private Worktree add(String name) {
        return pool.add(new WorktreeRequest(folder.resolve("wt-" + name), "task/" + name, repository.head()));
    }

    /** Whatever is in it goes. */
    private void giveBack(Worktree worktree) {
        String tip = repository.resolve(worktree.branch());
        pool.remove(worktree, Removal.deletingBranchAt(tip).afterRescue());
    }

    private WorktreePool.Waiting waiting() {
        await().until(() -> WorktreePool.of(opened).waiting().size() == 1);
        return WorktreePool.of(opened).waiting().get(0);
    }

    private Path slot() {
        return waiting().directory().resolveSibling(".").normalize();
    }

    private static TestRepository in(Worktree worktree) {
        return TestRepository.at(worktree.directory());
    }

    /** Returns what it says. */
    private String shell(Path directory, String script) throws Exception {
        Path log = folder.resolve("log");
        new ProcessBuilder("sh", "-c", script)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        return Files.readString(log);
    }

    /** Kind, mode and content of each file and folder. */
    private static Map<String, String> files(Path root) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path file :
                    all.filter(path -> !path.startsWith(root.resolve(".git"))).toList()) {
                String content = Files.isSymbolicLink(file)
                        ? "-> " + Files.readSymbolicLink(file)
                        : Files.isDirectory(file) ? "" : Files.readString(file);
                files.put(
                        root.relativize(file).toString(),
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS))
                                + " " + content);
            }
        }
        return files;
    }

    @Test
    void handsOutTheSameFilesAgainUnderAnotherName() throws IOException {
        Worktree first = add("one");
        Object inode = Files.getAttribute(first.directory().resolve("dir/b.txt"), "unix:ino");
        giveBack(first);
        assertThat(first.directory()).doesNotExist();
        assertThat(waiting().base()).isEqualTo(repository.head());
        repository.write("a.txt", "changed\n").commit("third");

        Worktree second = add("two");

        assertThat(WorktreePool.of(opened).waiting()).isEmpty();
        assertThat(in(second).head()).isEqualTo(repository.head());
        assertThat(in(second).git("branch", "--show-current")).isEqualTo("task/two");
        assertThat(in(second).git("status", "--porcelain", "--ignored")).isEmpty();
        assertThat(in(second).read("a.txt")).isEqualTo("changed\n");
        assertThat(Files.getAttribute(second.directory().resolve("dir/b.txt"), "unix:ino"))
                .as("the same file")
                .isEqualTo(inode);
        assertThat(repository.git("branch", "--list", "task/one")).isEmpty();
        assertThat(repository.git("worktree", "list", "--porcelain"))
                .contains(second.directory().toString())
                .doesNotContain("locked", "prunable");
    }

    /** Each script is what others commit while a worktree waits. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nothing | git commit --allow-empty -qm again",
                "contents | echo x > a.txt; echo y > dir/b.txt; echo z > new.txt",
                "folders | git rm -rq dir; mkdir -p deep/er; echo x > deep/er/new.txt",
                "modes and links | chmod +x a.txt; ln -s a.txt link; rm dir/b.txt; ln -s ../a.txt dir/b.txt",
                "a file for a folder | git rm -rq dir; echo x > dir",
                "a folder for a file | git rm -q a.txt; mkdir a.txt; echo x > a.txt/x",
                "letters' case | git mv a.txt A.txt",
                "strange names | echo x > '*.txt'; echo x > ':(top)x'; echo x > -f; echo x > ' '; rm a.txt",
                "names outside ASCII | echo x > 'ä'; rm a.txt",
                "attributes | echo '*.txt text eol=crlf' > .gitattributes; echo x > a.txt",
                "attributes of a folder | echo '*.txt text eol=crlf' > dir/.gitattributes; echo x > dir/b.txt; echo x > a.txt",
                "more than a thousand | for i in $(seq 1100); do echo $i > f$i; done",
                "a replaced commit | echo x > a.txt; git add a.txt; git commit -qm x; echo y > a.txt; echo z > b.txt; git add -A;"
                        + " git commit -qm y; git replace HEAD~1 HEAD; git reset -q --hard HEAD~1",
            })
    void bringsAWaitingWorktreeToWhereverItIsWanted(String what, String script) throws Exception {
        Worktree first = add("one");
        giveBack(first);
        waiting();
        String log = shell(
                repository.directory(), script + "; git add -A; git diff --cached --quiet || git commit -qm changed");

        Worktree leased = add("two");

        assertThat(WorktreePool.of(opened).waiting())
                .as("it came from the pool")
                .isEmpty();
        Path beside = folder.resolve("beside");
        repository.git("worktree", "add", "-q", "--detach", beside.toString(), repository.head());
        assertThat(files(leased.directory())).as(log).isEqualTo(files(beside));
        assertThat(in(leased).git("status", "--porcelain", "--ignored")).isEmpty();
        assertThat(in(leased).git("write-tree")).isEqualTo(repository.git("rev-parse", "HEAD^{tree}"));
        assertThat(in(leased).git("ls-files", "--stage"))
                .isEqualTo(TestRepository.at(beside).git("ls-files", "--stage"));
    }

    /** What a fresh worktree would hold follows from the configuration and from attributes outside commits too. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "mkdir -p .git/info; echo '*.txt text eol=crlf' > .git/info/attributes",
                "git config core.autocrlf true",
                "git config core.attributesFile \"$PWD/../attributes\"; echo '*.txt text eol=crlf' > ../attributes"
            })
    void usesNoneAgainThatWasWrittenByOtherRules(String script) throws Exception {
        giveBack(add("one"));
        waiting();
        pool.close();
        String log = shell(repository.directory(), script);
        pool = pooled(OPTIONS);

        Worktree second = add("two");

        assertThat(in(second).read("a.txt")).as(log).isEqualTo("a\r\n");
        giveBack(second);
        waiting();
        assertThat(in(add("three")).read("a.txt")).isEqualTo("a\r\n");
    }

    @Test
    void takesNoneBackOfWhichTheRulesChangedMeanwhile() throws Exception {
        Worktree worktree = add("one");
        repository.write(".git/info/attributes", "*.txt text eol=crlf\n");

        giveBack(worktree);
        pool.close();

        assertThat(WorktreePool.of(opened).waiting()).isEmpty();
    }

    /** Each script is what an agent does in its worktree. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "content | echo x > a.txt; echo y > new.txt; git add -A; git commit -qm x; echo z >> a.txt",
                "ignored | echo x > x.ign; mkdir -p target/classes deep/target; echo y > target/classes/y; echo > deep/target/z",
                "hidden flags | echo x > a.txt; git update-index --assume-unchanged a.txt; echo y > dir/b.txt;"
                        + " git update-index --skip-worktree dir/b.txt",
                "forged index | cp -p a.txt old; echo b > a.txt; touch -r old a.txt; rm old; git add a.txt;"
                        + " git update-index --cacheinfo 100644,$(git rev-parse HEAD:a.txt),a.txt",
                "modes | chmod 600 a.txt; chmod +x dir/b.txt; chmod 500 dir",
                "times | touch -d 2001-01-01 a.txt dir/b.txt dir",
                "types | rm a.txt; mkdir a.txt; echo x > a.txt/x; rm -r dir; ln -s /etc dir",
                "nested repository | git init -q inner; cd inner; git commit -q --allow-empty -m x",
                "states | git checkout -q --detach; git commit -q --allow-empty -m x; git bisect start; git config --worktree a.b c;"
                        + " git update-ref refs/worktree/x HEAD; echo > \"$(git rev-parse --git-dir)/MERGE_HEAD\"",
                "sparse | git sparse-checkout set nothing",
                "attributes | mkdir -p \"$(git rev-parse --git-dir)/info\"; echo '* text eol=crlf' >"
                        + " \"$(git rev-parse --git-dir)/info/attributes\"; rm a.txt; git checkout a.txt",
                "attributes of files | echo '* text eol=crlf' > .gitattributes; echo '* text eol=crlf' > dir/.gitattributes;"
                        + " touch -d 2001-01-01 a.txt dir/b.txt",
                "its .git file | rm .git; echo gitdir: /nowhere > .git",
                "a repository of its own | rm .git; git init -q",
            })
    void letsTheNextTaskSeeNothingOfWhatOneLeft(String what, String script) throws Exception {
        Worktree fresh = add("fresh");
        Map<String, String> expected = files(fresh.directory());
        Worktree used = add("used");
        String log = shell(used.directory(), script);
        giveBack(used);
        FileTime emptied = Files.getLastModifiedTime(waiting().directory().resolveSibling("slot"));

        Worktree next = add("next");

        assertThat(files(next.directory())).as(log).isEqualTo(expected);
        assertThat(Files.getLastModifiedTime(next.directory().resolve("a.txt")))
                .isBetween(
                        FileTime.fromMillis(
                                emptied.toMillis() - Duration.ofMinutes(2).toMillis()),
                        emptied);
        assertThat(in(next).git("status", "--porcelain", "--ignored")).isEmpty();
        assertThat(in(next).git("ls-files", "-v").lines()).allMatch(line -> line.startsWith("H "));
        assertThat(in(next).git("rev-parse", "--symbolic-full-name", "HEAD")).isEqualTo("refs/heads/task/next");
        assertThat(in(next).git("for-each-ref", "refs/worktree/")).isEmpty();
        assertThat(next.gitDirectory().toFile().list())
                .containsExactlyInAnyOrder("HEAD", "commondir", "gitdir", "index");
        assertThat(repository.git("fsck", "--no-dangling")).isEmpty();
    }

    @Test
    void keepsWhatTheHostNames() throws IOException {
        pool.close();
        pool = pooled(OPTIONS.withKeeping("target/"));
        Worktree first = add("one");
        in(first).write("target/cache", "built").write("other.ign", "x");
        giveBack(first);
        waiting();

        Worktree second = add("two");

        assertThat(in(second).read("target/cache")).isEqualTo("built");
        assertThat(second.directory().resolve("other.ign")).doesNotExist();
    }

    @Test
    void takesNothingBackThatIsNowhereElse() {
        Worktree first = add("one");
        in(first).write("new.txt", "mine");

        assertThatThrownBy(() -> pool.remove(first, Removal.keepingBranch())).isInstanceOf(UnsavedWorkException.class);

        assertThat(in(first).read("new.txt")).isEqualTo("mine");
        assertThat(WorktreePool.of(opened).waiting()).isEmpty();
    }

    /** Its files are another commit's than it was handed out at. */
    @Test
    void usesNoneAgainThatWasMovedToAnotherCommit() {
        Worktree first = add("one");
        repository.write("a.txt", "changed\n").commit("third");
        Worktree moved =
                WorktreeReset.of(opened, TrustedConfiguration.of(opened)).to(first, repository.head());

        giveBack(moved);
        pool.close();

        assertThat(WorktreePool.of(opened).waiting()).isEmpty();
        assertThat(repository.git("worktree", "list").lines()).hasSize(1);
    }

    @Test
    void usesNoneAgainThatHasSubmodules() {
        repository.git("update-index", "--add", "--cacheinfo", "160000," + "1".repeat(40) + ",sub");
        repository.git("commit", "-q", "-m", "submodule");
        Worktree first = add("one");
        in(first).write("sub/left.txt", "seen by nobody\n");

        giveBack(first);
        pool.close();

        assertThat(WorktreePool.of(opened).waiting()).isEmpty();
        assertThat(repository.git("worktree", "list").lines()).hasSize(1);
    }

    /** A worktree that a person locked by our words, and whose folder is out of reach, is that person's. */
    @Test
    void leavesAloneWhatOthersLock() throws IOException {
        repository.git(
                "worktree", "add", "-q", "-b", "mine", folder.resolve("mine").toString());
        repository.git(
                "worktree",
                "lock",
                "--reason",
                "espalier keeps it for its next task",
                folder.resolve("mine").toString());
        Files.move(folder.resolve("mine"), folder.resolve("away"));

        pool.prune();

        assertThat(repository.git("worktree", "list")).contains("mine");
    }

    /** Names of registrations are given again: a slot whose registration is another worktree's by now is worth nothing. */
    @Test
    void trustsNoNoteWhoseRegistrationIsAnotherWorktrees() throws IOException {
        Worktree other = add("other");
        giveBack(add("one"));
        Path slot = slot();
        String note = Files.readString(slot.resolve("slot"));
        Files.writeString(
                slot.resolve("slot"),
                note.replaceFirst("admin=.*", "admin=" + other.gitDirectory().getFileName()));

        assertThat(WorktreePool.of(opened).waiting()).isEmpty();
        add("two");
        WorktreePool.of(opened).clear();

        assertThat(in(other).git("status", "--porcelain")).isEmpty();
        assertThat(slot).doesNotExist();
    }

    @Test
    void keepsNoMoreThanItMay() {
        pool.close();
        pool = pooled(OPTIONS.withMost(1));
        Worktree first = add("one");
        Worktree second = add("two");
        giveBack(first);
        waiting();

        giveBack(second);

        pool.close();
        assertThat(WorktreePool.of(opened).waiting()).hasSize(1);
        assertThat(repository.git("worktree", "list").lines()).hasSize(2);
    }

    @Test
    void makesSparesAheadWhereThereIsRoom() {
        pool.close();
        pool = pooled(PoolOptions.defaults().withSpares(1).withRoom(() -> false));
        add("one");
        pool.close();
        assertThat(WorktreePool.of(opened).waiting()).isEmpty();

        pool = pooled(PoolOptions.defaults().withSpares(1));
        add("two");

        assertThat(waiting().base()).isEqualTo(repository.head());
        assertThat(repository.git("worktree", "list", "--porcelain")).contains("locked espalier keeps it");
        assertThat(pool.list()).hasSize(3);
    }

    @Test
    void servesAnotherProcessAndAgesAndIsCleared() {
        giveBack(add("one"));
        waiting();
        pool.close();
        repository.git("worktree", "prune");
        repository.git("gc", "-q", "--prune=now");

        pool = pooled(OPTIONS);
        pool.prune();
        assertThat(WorktreePool.of(opened).waiting()).hasSize(1);
        pool.close();
        pool = pooled(OPTIONS.withOldest(Duration.ofNanos(1)));
        pool.prune();
        assertThat(WorktreePool.of(opened).waiting()).isEmpty();

        giveBack(add("two"));
        waiting();
        assertThat(WorktreePool.of(opened).clear()).isEqualTo(1);
        assertThat(repository.git("worktree", "list").lines()).hasSize(1);
    }

    /** As a crash leaves it: moved, and not yet the new task's; or in the middle of being emptied. */
    @Test
    void takesBackWhatACrashLeft() throws IOException {
        giveBack(add("one"));
        Path slot = slot();
        pool.close();
        Path target = folder.resolve("wt-two");
        Files.writeString(slot.resolve("lease"), target.toString());
        Files.move(slot.resolve("tree"), target);

        pool = pooled(OPTIONS);
        pool.prune();
        assertThat(target).doesNotExist();
        assertThat(repository.git("worktree", "list").lines()).hasSize(1);
        assertThat(repository.directory().resolve(".git/worktrees"))
                .satisfiesAnyOf(
                        gone -> assertThat(gone).doesNotExist(),
                        gone -> assertThat(gone).isEmptyDirectory());

        giveBack(add("three"));
        slot = slot();
        Files.delete(slot.resolve("kept"));
        pool.prune();
        assertThat(slot).doesNotExist();
        assertThat(repository.git("worktree", "list").lines()).hasSize(1);
        assertThat(add("four").directory()).isDirectoryContaining("glob:**/a.txt");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 2", "1, -1"})
    void refusesOptionsThatCannotBe(int most, int spares) {
        assertThatThrownBy(() ->
                        PoolOptions.defaults().withSpares(0).withMost(most).withSpares(spares))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(most == 0 ? "most 0" : "spares " + spares);
    }

    @Test
    void refusesADelegateOfAnotherKind() {
        assertThatThrownBy(() -> WorktreeManager.pooled(pool, OPTIONS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("WorktreeManager.of");
    }
}
