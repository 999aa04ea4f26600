package io.github.espalier.worktree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoversTest {
    @TempDir
    Path folder;

    private TestRepository main;
    private WorktreeManager manager;
    private Worktree worktree;
    private TestRepository work;
    private TrustedConfiguration configuration;

    @BeforeEach
    void makeWorktree() {
        main = TestRepository.init(folder.resolve("main"));
        main.write(".gitattributes", "*.up filter=up\n*.bad filter=bad\n").write(".gitignore", ".env\nlib\n");
        main.commit("first");
        main.git("config", "filter.up.clean", "tr a-z A-Z");
        configuration = TrustedConfiguration.of(main.open());
        manager = WorktreeManager.of(main.open());
        worktree = manager.add(new WorktreeRequest(folder.resolve("wt"), "feature/x", main.head()));
        work = TestRepository.at(worktree.directory());
    }

    @AfterEach
    void mainIsUntouched() {
        assertThat(main.git("status", "--porcelain")).isEmpty();
        manager.close();
    }

    private LeftoversOutcome commit() {
        return Leftovers.of(main.open(), configuration)
                .commit(new LeftoversRequest(worktree, "Left\n", new Identity("Ä B", "a@b")));
    }

    private String impossible() {
        return ((LeftoversOutcome.Impossible) commit()).reason();
    }

    @Test
    void commitsWithTheTrustedFilterAndNoOther() {
        Path marker = folder.resolve("marker");
        work.git("config", "filter.up.clean", "touch '" + marker + "'; cat");
        work.git("config", "filter.bad.clean", "touch '" + marker + "'; cat");
        work.git("config", "commit.gpgSign", "true");
        work.git("config", "gpg.program", "false");
        work.write("x.up", "text\n").write("x.bad", "text\n");
        String commit = ((LeftoversOutcome.Committed) commit()).commit();
        assertThat(main.git("show", commit + ":x.up")).isEqualTo("TEXT");
        assertThat(main.git("show", commit + ":x.bad")).isEqualTo("text");
        assertThat(marker).doesNotExist();
        assertThat(main.git("log", "-1", "--format=%an %cn %s", "feature/x")).isEqualTo("Ä B Ä B Left");
    }

    @Test
    void ranksTheTrustedFilterAboveAProcessThatItsDriverWasGivenSince() {
        work.git("config", "filter.up.process", "false");
        work.write("x.up", "text\n");
        String commit = ((LeftoversOutcome.Committed) commit()).commit();
        assertThat(main.git("show", commit + ":x.up")).isEqualTo("TEXT");
    }

    @Test
    void isImpossibleWhereNobodyKnowsWhichFiltersAreTrusted() {
        String digest = configuration.digest();
        main.git("config", "filter.bad.clean", "cat");
        configuration = TrustedConfiguration.of(main.open(), digest);
        work.write("x.txt", "text\n");
        assertThat(impossible()).contains("filters were configured");
        assertThat(work.read("x.txt")).isEqualTo("text\n");
    }

    @Test
    void recordsASubmodulesHeadWithoutRunningAnythingInIt() throws IOException {
        Path marker = folder.resolve("marker");
        TestRepository sub = TestRepository.create(worktree.directory().resolve("sub"));
        work.git("-c", "advice.addEmbeddedRepo=false", "add", "sub");
        sub.git("config", "filter.bad.clean", "touch '" + marker + "'; cat");
        sub.write(".gitattributes", "README.md filter=bad\n")
                .write("README.md", "edited")
                .git("add", ".gitattributes");
        sub.git("commit", "-q", "-m", "second");
        Files.deleteIfExists(marker);
        work.write("x.txt", "text\n");

        String commit = ((LeftoversOutcome.Committed) commit()).commit();

        assertThat(marker).doesNotExist();
        assertThat(main.git("ls-tree", commit, "sub")).contains(sub.head());
        assertThat(main.git("show", commit + ":x.txt")).isEqualTo("text");
    }

    @Test
    void isCleanWhenNothingIsLeft() {
        assertThat(commit()).isEqualTo(new LeftoversOutcome.Clean(main.head()));
    }

    @Test
    void isImpossibleOffItsBranchLockedOrWithoutItsGitFile() throws IOException {
        work.git("checkout", "-q", "--detach");
        assertThat(impossible()).contains("detached");
        work.git("checkout", "-q", "feature/x");
        Path lock = Files.createFile(worktree.gitDirectory().resolve("index.lock"));
        assertThat(impossible()).contains("index.lock");
        Files.delete(lock);
        TestRepository.create(worktree.directory().resolve("inner"));
        assertThat(impossible()).contains("inner/");
        Files.delete(worktree.directory().resolve(".git"));
        assertThat(impossible()).contains(".git file");
    }

    @Test
    void isImpossibleWhenARequiredFilterFails() {
        main.git("config", "filter.bad.clean", "echo no lfs >&2; false");
        main.git("config", "filter.bad.required", "true");
        configuration = TrustedConfiguration.of(main.open());
        work.write("x.bad", "text\n");
        assertThat(impossible()).contains("no lfs");
        assertThat(work.read("x.bad")).isEqualTo("text\n");
    }

    @Test
    void copiesAndLinksOnlyIgnoredFiles() throws IOException {
        main.write(".env", "secret").write("lib/jar", "jar");
        IgnoredFiles ignored = IgnoredFiles.of(main.open());
        ignored.copyInto(worktree, List.of(".env", ".gitattributes"));
        ignored.linkInto(worktree, List.of("lib"));
        assertThat(work.read(".env")).isEqualTo("secret");
        assertThat(work.read("lib/jar")).isEqualTo("jar");
        assertThat(commit()).isInstanceOf(LeftoversOutcome.Clean.class);
        for (String bad : List.of("../x", "/etc", "absent", ".gitignore", "")) {
            assertThatThrownBy(() -> ignored.linkInto(worktree, List.of(bad)))
                    .isInstanceOf(IgnoredFilesException.class);
        }
    }
}
