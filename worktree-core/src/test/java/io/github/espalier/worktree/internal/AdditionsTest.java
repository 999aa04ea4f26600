package io.github.espalier.worktree.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.espalier.worktree.TestRepository;
import io.github.espalier.worktree.WorktreeManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a worktree whose {@code git worktree add} was killed with its host. */
class AdditionsTest {
    @TempDir
    Path folder;

    private TestRepository repository;
    private Path directory;
    private Path admin;

    @BeforeEach
    void makeRepository() {
        repository = TestRepository.create(folder.resolve("project"));
        directory = folder.resolve("wt");
        admin = repository.directory().resolve(".git/worktrees/wt");
    }

    private void begin() {
        try (Trash trash = new Trash(repository.open())) {
            new Additions(repository.open(), trash).begin(directory);
        }
    }

    private void prune() {
        try (WorktreeManager manager = WorktreeManager.of(repository.open())) {
            manager.prune();
        }
    }

    @Test
    void takesBackARegistrationThatNamesNoCommitYet() throws IOException {
        begin();
        repository.git("worktree", "add", "-q", "--detach", directory.toString());
        Files.writeString(admin.resolve("locked"), "initializing\n");
        Files.writeString(admin.resolve("HEAD"), "0".repeat(40) + "\n");

        prune();

        assertThat(admin).doesNotExist();
        assertThat(directory).doesNotExist();
        assertThat(repository.git("fsck", "--no-progress")).isEmpty();
    }

    @Test
    void letsGitWorkAgainWhereItFailsOverAnEmptyFile() throws IOException {
        begin();
        repository.git("worktree", "add", "-q", "--detach", directory.toString());
        Files.writeString(admin.resolve("locked"), "initializing\n");
        Files.writeString(admin.resolve("HEAD"), "0".repeat(40) + "\n");
        Files.writeString(admin.resolve("commondir"), "");
        assertThatThrownBy(() -> repository.git("worktree", "list")).hasMessageContaining("commondir");

        prune();

        assertThat(admin).doesNotExist();
        assertThat(repository.git("fsck", "--no-progress")).isEmpty();
    }

    @Test
    void takesBackARegistrationThatNamesNoPlaceYet() throws IOException {
        begin();
        Files.createDirectories(admin);
        Files.writeString(admin.resolve("locked"), "initializing\n");
        Files.createDirectory(directory);
        Files.writeString(directory.resolve("users.txt"), "somebody took the name meanwhile\n");

        prune();

        assertThat(admin).doesNotExist();
        assertThat(directory.resolve("users.txt")).exists();
    }

    /** A git that was killed in between has made the folder and nothing yet that leads to it. */
    @Test
    void takesBackAnEmptyFolderThatNothingLeadsToYet() throws IOException {
        begin();
        Files.createDirectories(admin);
        Files.writeString(admin.resolve("locked"), "initializing\n");
        Files.createDirectory(directory);

        prune();

        assertThat(admin).doesNotExist();
        assertThat(directory).doesNotExist();
    }

    @Test
    void leavesAWorktreeThatWasMade() {
        begin();
        repository.git("worktree", "add", "-q", "--detach", directory.toString());

        prune();

        assertThat(directory.resolve("README.md")).exists();
        assertThat(repository.directory().resolve(".git/espalier/adding")).isEmptyDirectory();
    }

    @Test
    void leavesWhatTheUsersOwnGitIsAddingElsewhere() throws IOException {
        begin();
        repository.git(
                "worktree", "add", "-q", "--detach", folder.resolve("users").toString());
        Files.writeString(repository.directory().resolve(".git/worktrees/users/locked"), "initializing\n");

        prune();

        assertThat(folder.resolve("users/README.md")).exists();
    }
}
