package io.github.espalier.worktree;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RescueTest {
    private static final String REF = "refs/espalier/rescue/run/task/1";

    @TempDir
    Path folder;

    private TestRepository main;
    private WorktreeManager manager;
    private Worktree worktree;
    private TestRepository work;

    @BeforeEach
    void makeWorktree() {
        prepare();
    }

    private void prepare(String... options) {
        main = TestRepository.init(folder.resolve("mäin repo" + options.length), options);
        main.write("a.txt", "one\n").write("dir/b.txt", "two\n").commit("first");
        manager = WorktreeManager.of(main.open());
        worktree = manager.add(new WorktreeRequest(folder.resolve("wt" + options.length), "feature/x", main.head()));
        work = TestRepository.at(worktree.directory());
    }

    @AfterEach
    void mainIsUntouched() throws IOException {
        assertThat(main.git("status", "--porcelain")).isEmpty();
        try (var left = Files.newDirectoryStream(main.open().stateDirectory(), "rescue-*")) {
            assertThat(left).isEmpty();
        }
        manager.close();
    }

    private RescueOutcome rescue(boolean ignored) {
        return Rescue.of(main.open()).save(new RescueRequest(worktree, REF, "Rescue\n", ignored));
    }

    private String saved() {
        return ((RescueOutcome.Saved) rescue(false)).commit();
    }

    private String show(String commit, String path) {
        return main.git("show", commit + ":" + path);
    }

    @Test
    void findsNothingToSaveInAFreshWorktree() {
        assertThat(rescue(false)).isEqualTo(new RescueOutcome.NothingToSave(main.head()));
        assertThat(Refs.of(main.open()).read(REF)).isEmpty();
    }

    @Test
    void keepsChangesDeletionsNewFilesLinksAndModes() throws IOException {
        work.write("a.txt", "changed\n").write("new/deep/-x\n.sh", "#!\n").write("ü.txt", "u\n");
        Files.delete(worktree.directory().resolve("dir/b.txt"));
        assertThat(worktree.directory().resolve("ü.txt").toFile().setExecutable(true))
                .isTrue();
        Files.createSymbolicLink(worktree.directory().resolve("loop"), Path.of("."));
        byte[] index = Files.readAllBytes(worktree.gitDirectory().resolve("index"));

        String commit = saved();

        assertThat(show(commit, "a.txt")).isEqualTo("changed");
        assertThat(TrackedFiles.at(main.open(), commit))
                .containsExactlyInAnyOrder("a.txt", "loop", "new/deep/-x\n.sh", "ü.txt");
        assertThat(main.git("ls-tree", commit, "--", "loop")).startsWith("120000");
        assertThat(main.git("ls-tree", commit, "--", "ü.txt")).startsWith("100755");
        assertThat(Files.readAllBytes(worktree.gitDirectory().resolve("index"))).isEqualTo(index);
        assertThat(saved()).isEqualTo(commit);
    }

    @Test
    void keepsStagedContentBesideWhatTheFileHolds() {
        work.write("a.txt", "staged\n").git("add", "a.txt");
        work.write("a.txt", "later\n");
        String commit = saved();
        assertThat(show(commit, "a.txt")).isEqualTo("later");
        assertThat(show(commit + "^2", "a.txt")).isEqualTo("staged");
    }

    @Test
    void takesAnotherRefWhenTheOneAskedForKeepsSomethingElse() {
        work.write("n", "1");
        saved();
        work.write("n", "2");
        assertThat(((RescueOutcome.Saved) rescue(false)).ref()).isEqualTo(REF + "-2");
    }

    @Test
    void runsNoFilterHookOrSigningProgram() {
        Path marker = folder.resolve("marker");
        for (String key : new String[] {"clean", "smudge", "process"}) {
            work.git("config", "filter.evil." + key, "touch '" + marker + "'; cat");
        }
        work.git("config", "filter.evil.required", "true");
        work.git("config", "core.fsmonitor", "touch '" + marker + "'");
        work.git("config", "commit.gpgSign", "true");
        work.git("config", "gpg.program", "false");
        work.git("config", "core.autocrlf", "true");
        main.git("config", "core.hooksPath", folder.resolve("hooks").toString());
        work.write(".gitattributes", "* filter=evil text ident working-tree-encoding=UTF-16\n");
        work.write("crlf", "x\r\n$Id$\r\n");
        String commit = saved();
        assertThat(main.git("cat-file", "-s", commit + ":crlf")).isEqualTo("9");
        assertThat(marker).doesNotExist();
        main.git("config", "core.fsmonitor", "false");
    }

    @Test
    void keepsCommitsOfADetachedHeadAlsoAfterItWasLeft() {
        work.git("checkout", "-q", "--detach");
        String lost = work.write("d", "d").commit("detached");
        assertThat(main.git("rev-parse", saved() + "^")).isEqualTo(lost);
        work.git("checkout", "-q", "feature/x");
        String commit = ((RescueOutcome.Saved) rescue(false)).commit();
        assertThat(Refs.of(main.open()).isAncestor(lost, commit)).isTrue();
    }

    @Test
    void keepsBothSidesAndTheStagesOfAMergeWithConflicts() {
        String base = work.head();
        work.git("checkout", "-q", "--detach");
        String theirs = work.write("a.txt", "theirs\n").commit("theirs");
        work.git("checkout", "-q", "feature/x");
        work.write("a.txt", "ours\n").commit("ours");
        try {
            work.git("merge", "-q", theirs);
        } catch (AssertionError expected) {
            assertThat(expected).hasMessageContaining("ended with 1");
        }
        String commit = saved();
        assertThat(show(commit, "a.txt")).contains("<<<<<<<");
        assertThat(show(commit + "^2", ".espalier-stage-3/a.txt")).isEqualTo("theirs");
        assertThat(show(commit + "^2", ".espalier-stage-1/a.txt")).isEqualTo(main.git("show", base + ":a.txt"));
        assertThat(Refs.of(main.open()).isAncestor(theirs, commit)).isTrue();
    }

    @Test
    void survivesAMissingGitFileAMissingIndexAndAHeldLock() throws IOException {
        work.write("n", "new");
        Files.delete(worktree.directory().resolve(".git"));
        Files.delete(worktree.gitDirectory().resolve("index"));
        Files.createFile(worktree.gitDirectory().resolve("index.lock"));
        String commit = saved();
        assertThat(TrackedFiles.at(main.open(), commit)).containsExactly("a.txt", "dir/b.txt", "n");
        assertThat(worktree.gitDirectory().resolve("index.lock")).exists();
    }

    @Test
    void survivesADamagedIndex() throws IOException {
        work.write("n", "new");
        Files.writeString(worktree.gitDirectory().resolve("index"), "rubbish");
        assertThat(TrackedFiles.at(main.open(), saved())).containsExactly("a.txt", "dir/b.txt", "n");
    }

    @Test
    void keepsFilesOfNestedRepositoriesAndSaysThatTheirHistoryIsLeftOut() {
        TestRepository.create(worktree.directory().resolve("sub/inner"));
        TestRepository.init(worktree.directory().resolve("sub/unborn")).write("f", "f");
        RescueOutcome.Saved saved = (RescueOutcome.Saved) rescue(false);
        assertThat(TrackedFiles.at(main.open(), saved.commit())).contains("sub/inner/README.md", "sub/unborn/f");
        assertThat(saved.leftOut()).hasSize(2).allMatch(line -> line.contains("history"));
    }

    @Test
    void keepsIgnoredFilesOnlyWhenAsked() {
        work.write(".gitignore", "*.log\n").write("x.log", "log");
        assertThat(TrackedFiles.at(main.open(), saved())).doesNotContain("x.log");
        assertThat(TrackedFiles.at(main.open(), ((RescueOutcome.Saved) rescue(true)).commit()))
                .contains("x.log");
    }

    @Test
    void namesPipesWithoutOpeningThem() throws Exception {
        assertThat(new ProcessBuilder(
                                "mkfifo", worktree.directory().resolve("pipe").toString())
                        .start()
                        .waitFor())
                .isZero();
        assertThat(((RescueOutcome.Saved) rescue(false)).leftOut()).anyMatch(line -> line.startsWith("pipe"));
    }

    @Test
    void leavesOutUntrackedContentOverTheLimit() {
        work.write("big", "12345").write("a.txt", "tracked\n");
        RescueOutcome.Saved saved =
                (RescueOutcome.Saved) new io.github.espalier.worktree.internal.GitRescue(main.open(), 4)
                        .save(new RescueRequest(worktree, REF, "m", false));
        assertThat(saved.leftOut()).singleElement().asString().startsWith("big");
        assertThat(show(saved.commit(), "a.txt")).isEqualTo("tracked");
    }

    @Test
    void keepsWorkInSparseWorktreesAndIgnoresAssumeUnchanged() {
        work.git("sparse-checkout", "set", "--no-cone", "/a.txt");
        work.write("dir/b.txt", "present again\n").write("dir/c.txt", "c\n");
        work.git("update-index", "--assume-unchanged", "a.txt");
        work.write("a.txt", "hidden change\n");
        String commit = saved();
        assertThat(show(commit, "a.txt")).isEqualTo("hidden change");
        assertThat(show(commit, "dir/b.txt")).isEqualTo("present again");
        assertThat(show(commit, "dir/c.txt")).isEqualTo("c");
    }

    @Test
    void worksWithSha256() throws IOException {
        manager.close();
        Files.createDirectories(main.open().stateDirectory());
        prepare("--object-format=sha256");
        work.write("n", "new");
        assertThat(saved()).hasSize(64);
        assertThat(Optional.of(show(saved(), "n"))).contains("new");
    }

    @Test
    void keepsNamesThatAreNotUtf8() throws Exception {
        assertThat(new ProcessBuilder("sh", "-c", "printf x > \"$(printf 'n\\377')\"")
                        .directory(worktree.directory().toFile())
                        .start()
                        .waitFor())
                .isZero();
        assertThat(main.git("ls-tree", "--name-only", saved())).contains("n\\377");
    }

    @Test
    void fetchesNothingThatAnAgentPointsAt() throws IOException {
        Path marker = folder.resolve("fetched");
        main.git("config", "remote.evil.url", "ssh://example.invalid/x");
        main.git("config", "remote.evil.promisor", "true");
        main.git("config", "remote.evil.partialclonefilter", "blob:none");
        main.git("config", "extensions.partialClone", "evil");
        main.git("config", "core.sshCommand", "touch '" + marker + "'; false");
        Files.writeString(worktree.gitDirectory().resolve("MERGE_HEAD"), "1".repeat(40) + "\n");
        work.write("a.txt", "changed\n");

        String commit = saved();

        assertThat(show(commit, "a.txt")).isEqualTo("changed");
        assertThat(marker).doesNotExist();
    }
}
