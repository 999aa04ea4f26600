package io.github.espalier.worktree;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A resolution is taken only if it is whole. */
class ConflictCheckoutTest {
    @TempDir
    Path folder;

    private TestRepository repository;
    private WorktreeManager worktrees;
    private TestRepository room;
    private ConflictCheckout conflict;
    private List<Conflict> conflicts = List.of();
    private String ours = "";
    private String theirs = "";

    @BeforeEach
    void makeConflict() {
        repository = TestRepository.create(folder.resolve("project"));
        repository
                .write("a", "base\n")
                .write("gone", "base\n")
                .write("b", "b\n")
                .commit("base");
        repository.git("checkout", "-q", "-b", "work");
        theirs = repository
                .write("a", "theirs\n")
                .write("gone", "theirs\n")
                .write("new", "n\n")
                .commit("theirs");
        repository.git("checkout", "-q", "main");
        repository.git("rm", "-q", "gone");
        ours = repository.write("a", "ours\n").commit("ours");
        worktrees = WorktreeManager.of(repository.open());
        Worktree worktree = worktrees.add(new WorktreeRequest(folder.resolve("wt"), "resolve", ours));
        room = TestRepository.at(worktree.directory());
        conflicts = ((MergeOutcome.Conflicted) Merger.of(repository.open()).merge(new MergeRequest(ours, theirs)))
                .conflicts();
        conflict = ConflictCheckout.begin(
                repository.open(), TrustedConfiguration.of(repository.open()), worktree, ours, theirs);
    }

    @AfterEach
    void close() {
        worktrees.close();
    }

    private Resolution finish() {
        return conflict.finish(conflicts, path -> path.equals("CHANGES"), "Resolve\n", Identity.DEFAULT);
    }

    private List<String> reasons() {
        return ((Resolution.Rejected) finish()).reasons();
    }

    @Test
    void isCheckedOutAsGitMergeLeavesIt() {
        assertThat(room.read("a")).contains("<<<<<<< ").contains("ours").contains("theirs");
        assertThat(room.git("status", "--porcelain").lines()).contains("UU a", "DU gone", "A  new");
        assertThat(room.git("rev-parse", "MERGE_HEAD")).isEqualTo(theirs);
    }

    @Test
    void acceptsWhatIsWhole() throws IOException {
        room.write("a", "both\n").write("CHANGES", "more\n");
        Files.delete(room.directory().resolve("gone"));

        Resolution.Accepted accepted = (Resolution.Accepted) finish();

        assertThat(repository.git("show", accepted.commit() + ":a")).isEqualTo("both");
        assertThat(repository.git("show", accepted.commit() + ":new")).isEqualTo("n");
        assertThat(repository.git("ls-tree", "--name-only", accepted.commit(), "gone"))
                .isEmpty();
        assertThat(repository.git("log", "-1", "--format=%P", accepted.commit()))
                .isEqualTo(theirs + " " + ours);
    }

    @Test
    void acceptsWhatWasCommittedByHand() {
        room.write("a", "both\n").git("add", "a");
        room.git("rm", "-q", "gone");
        room.git("commit", "-qm", "by hand");

        assertThat(finish()).isInstanceOf(Resolution.Accepted.class);
    }

    /** No ref holds what the merge left, and the index does not either once somebody has resolved it. */
    @Test
    void acceptsWhatIsWholeAfterACollectionOfGarbage() throws IOException {
        room.write("a", "both\n").git("add", "a");
        Files.delete(room.directory().resolve("gone"));
        repository.git("gc", "-q", "--prune=now");

        assertThat(finish()).isInstanceOf(Resolution.Accepted.class);
    }

    @Test
    void rejectsMarkersAndWhatNobodyDecided() {
        assertThat(reasons())
                .anyMatch(reason -> reason.startsWith("not decided: a, gone"))
                .anyMatch(reason -> reason.startsWith("conflict markers are left: a"));
    }

    @Test
    void takesAnAddedFileForDecided() {
        room.write("a", "both\n").git("add", "a", "gone");

        assertThat(finish()).isInstanceOf(Resolution.Accepted.class);
    }

    @Test
    void rejectsChangesBesideTheConflict() {
        room.write("a", "both\n").write("b", "mine\n").git("add", "a", "gone");

        assertThat(reasons()).containsExactly("changed though not in conflict: b");
    }
}
