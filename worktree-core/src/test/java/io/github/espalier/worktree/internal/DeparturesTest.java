package io.github.espalier.worktree.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.Removal;
import io.github.espalier.worktree.TestRepository;
import io.github.espalier.worktree.Worktree;
import io.github.espalier.worktree.WorktreeManager;
import io.github.espalier.worktree.WorktreeRequest;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process dies between any two steps of a removal that looks afterwards; whoever prunes next goes on. */
class DeparturesTest {
    @TempDir
    Path folder;

    private TestRepository repository;
    private GitRepository opened;
    private Worktree worktree;
    private TestRepository work;

    @BeforeEach
    void makeWorktree() {
        repository = TestRepository.create(folder.resolve("project"));
        opened = repository.open();
        try (WorktreeManager worktrees = WorktreeManager.of(opened)) {
            worktree =
                    worktrees.add(new WorktreeRequest(folder.resolve("project-wta"), "feature/a", repository.head()));
        }
        work = TestRepository.at(worktree.directory());
    }

    /** Begins; its owner is dead when this returns. */
    private Departures.Departure dead(Removal removal) {
        Departures.Departure departure =
                new Departures(opened).begin(worktree, removal).orElseThrow();
        departure.room().release();
        return departure;
    }

    private void prune() {
        try (WorktreeManager worktrees = WorktreeManager.of(opened)) {
            worktrees.prune();
        }
    }

    private List<Path> rooms() throws IOException {
        List<Path> rooms = new ArrayList<>();
        try (DirectoryStream<Path> found =
                Files.newDirectoryStream(opened.stateDirectory(), RoomFolder.DEPARTURE + "*")) {
            found.forEach(rooms::add);
        }
        return rooms;
    }

    private void assertGone() throws IOException {
        assertThat(worktree.directory()).doesNotExist();
        assertThat(worktree.gitDirectory()).doesNotExist();
        assertThat(rooms()).isEmpty();
        assertThat(opened.stateDirectory().resolve("trash")).isEmptyDirectory();
    }

    private void assertBack() throws IOException {
        assertThat(repository.git("worktree", "list", "--porcelain"))
                .contains("worktree " + worktree.directory())
                .doesNotContain("locked")
                .doesNotContain("prunable");
        assertThat(rooms()).isEmpty();
    }

    @Test
    void goesOnWithOneThatMayGo() throws IOException {
        dead(Removal.deletingBranchAt(repository.head()));
        repository.git("worktree", "prune");
        assertThat(worktree.gitDirectory()).isDirectory();

        prune();

        assertGone();
        assertThat(repository.git("branch", "--list", "feature/a")).isEmpty();
    }

    @Test
    void bringsBackOneThatMayNot() throws IOException {
        work.write("untracked.txt", "mine\n").write("README.md", "edited\n");
        work.git("add", "README.md");
        String before = work.git("status", "--porcelain");
        dead(Removal.keepingBranch());

        prune();

        assertBack();
        assertThat(work.git("status", "--porcelain")).isEqualTo(before).contains("README.md");
        assertThat(work.read("untracked.txt")).isEqualTo("mine\n");
    }

    @Test
    void bringsBackOneWhoseBranchHasMoved() throws IOException {
        dead(Removal.deletingBranchAt(repository.write("b.txt", "b").commit("b")));

        prune();

        assertBack();
        assertThat(repository.git("branch", "--list", "feature/a")).isNotEmpty();
    }

    @Test
    void goesOnWhereTheRegistrationDidNotYetLeadThere() throws IOException {
        work.write("untracked.txt", "mine\n");
        dead(Removal.keepingBranch());
        PoolMark.replace(
                worktree.gitDirectory().resolve("gitdir"),
                worktree.directory().resolve(".git").toString());

        prune();

        assertBack();
        assertThat(work.git("status", "--porcelain")).isEqualTo("?? untracked.txt");
    }

    @Test
    void leavesOneThatNeverLeft() throws IOException {
        Departures.Departure departure = dead(Removal.keepingBranch());
        Files.move(departure.tree(), worktree.directory());
        PoolMark.replace(
                worktree.gitDirectory().resolve("gitdir"),
                worktree.directory().resolve(".git").toString());

        prune();

        assertThat(work.git("status", "--porcelain")).isEmpty();
        assertThat(rooms()).isEmpty();
        try (WorktreeManager worktrees = WorktreeManager.of(opened)) {
            worktrees.remove(worktree, Removal.keepingBranch()); // the mark that was left keeps nobody from it
        }
        assertThat(worktree.directory()).doesNotExist();
    }

    @Test
    void dropsTheRegistrationOfOneThatWasDisposedOf() throws IOException {
        Departures.Departure departure = dead(Removal.keepingBranch());
        RoomFolder.delete(departure.tree());

        prune();

        assertThat(worktree.gitDirectory()).doesNotExist();
        assertThat(rooms()).isEmpty();
    }

    @Test
    void leavesToItsOwnerWhatItHasInHand() throws IOException {
        Departures.Departure departure =
                new Departures(opened).begin(worktree, Removal.keepingBranch()).orElseThrow();

        prune();

        assertThat(departure.tree()).isDirectory();
        departure.room().release();
        prune();
        assertGone();
    }

    @Test
    void keepsOneWhoseRegistrationIsAnothersByNow() throws IOException {
        dead(Removal.keepingBranch());
        String other =
                Files.createDirectories(folder.resolve("other")).resolve(".git").toString();
        PoolMark.replace(worktree.gitDirectory().resolve("gitdir"), other);

        prune();

        assertThat(worktree.directory().resolve("README.md")).exists();
        assertThat(AdminDirectories.text(worktree.gitDirectory().resolve("gitdir")))
                .isEqualTo(other);
    }

    /** As after a loss of power, which leaves renames and second names of files, and empties what was just written. */
    @Test
    void bringsBackOneWhoseNoteIsLost() throws IOException {
        work.write("untracked.txt", "mine\n");
        Departures.Departure departure = dead(Removal.keepingBranch().afterRescue());
        Files.writeString(departure.room().directory().resolve("owner.lock"), "");

        prune();

        assertBack();
        assertThat(work.git("status", "--porcelain")).isEqualTo("?? untracked.txt");
    }

    @Test
    void keepsOneWhosePlaceNobodyKnows() throws IOException {
        Departures.Departure departure = dead(Removal.keepingBranch());
        Files.writeString(departure.room().directory().resolve("owner.lock"), "x");
        Files.delete(departure.room().directory().resolve("place"));

        prune();
        prune();

        assertThat(departure.tree().resolve("README.md")).exists();
    }
}
