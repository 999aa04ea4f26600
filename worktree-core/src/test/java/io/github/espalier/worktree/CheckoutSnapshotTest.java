package io.github.espalier.worktree;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckoutSnapshotTest {
    @TempDir
    Path folder;

    private TestRepository user;
    private TrustedConfiguration configuration;
    private CheckoutSnapshot before;

    @BeforeEach
    void takeSnapshot() {
        user = TestRepository.create(folder.resolve("main"));
        user.write("edited.txt", "one").write("clean.txt", "one").commit("files");
        user.write("edited.txt", "my edit").write("new/untracked.txt", "mine").write("staged.txt", "mine");
        user.git("add", "staged.txt");
        configuration = TrustedConfiguration.of(user.open());
        before = snapshot();
    }

    private CheckoutSnapshot snapshot() {
        return CheckoutSnapshot.of(user.open(), configuration, "main").orElseThrow();
    }

    private List<String> differences() {
        return snapshot().differencesSince(before);
    }

    @Test
    void findsNothingWhereNothingWasDone() throws IOException {
        Files.setLastModifiedTime(user.directory().resolve("edited.txt"), FileTime.fromMillis(0));
        Files.setLastModifiedTime(user.directory().resolve("clean.txt"), FileTime.fromMillis(0));
        user.git("worktree", "add", "-q", "inside", "-b", "inside");

        assertThat(differences()).isEmpty();
    }

    @Test
    void findsEditsOfCleanEditedStagedAndUntrackedFiles() throws IOException {
        user.write("clean.txt", "two").write("edited.txt", "other").write("new/untracked.txt", "theirs");
        user.write("new/another.txt", "x").write("staged.txt", "minor");
        user.git("add", "staged.txt");
        Files.delete(user.directory().resolve("README.md"));

        assertThat(differences())
                .containsExactly(
                        "README.md", "clean.txt", "edited.txt", "new/another.txt", "new/untracked.txt", "staged.txt");
    }

    @Test
    void findsAnotherBranchButNotATargetThatMoved() {
        user.git("commit", "-q", "--only", "--allow-empty", "-m", "moved");
        assertThat(differences()).isEmpty();

        user.git("checkout", "-q", "-b", "elsewhere");
        assertThat(differences()).containsExactly("HEAD");
        before = snapshot();
        user.git("commit", "-q", "--only", "--allow-empty", "-m", "moved");
        assertThat(differences()).containsExactly("HEAD");
    }

    @Test
    void runsNothingThatWasConfiguredSince() throws IOException {
        Path marker = folder.resolve("marker");
        user.git("config", "filter.a=b.clean", "touch '" + marker + "'; cat");
        user.git("config", "core.fsmonitor", "touch '" + marker + "'");
        Files.writeString(user.directory().resolve(".git/info/attributes"), "* filter=a=b\n");
        user.write("clean.txt", "two");

        assertThat(differences()).containsExactly("clean.txt");
        assertThat(marker).doesNotExist();
    }

    @Test
    void hasNothingToSayOfABareRepository() {
        user.git("clone", "-q", "--bare", ".", "../bare.git");
        GitRepository bare = GitRepository.open(folder.resolve("bare.git"));

        assertThat(CheckoutSnapshot.of(bare, TrustedConfiguration.of(bare), "main"))
                .isEmpty();
    }
}
