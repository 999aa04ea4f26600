package io.github.espalier.worktree.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.Identity;
import io.github.espalier.worktree.Leftovers;
import io.github.espalier.worktree.LeftoversOutcome;
import io.github.espalier.worktree.LeftoversRequest;
import io.github.espalier.worktree.TestRepository;
import io.github.espalier.worktree.TrustedConfiguration;
import io.github.espalier.worktree.Worktree;
import io.github.espalier.worktree.WorktreeManager;
import io.github.espalier.worktree.WorktreeRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a host that dies while it commits leaves keeps no later one from committing everything. */
class LeftoverCommitTest {
    @TempDir
    Path folder;

    private TestRepository project;
    private GitRepository repository;
    private WorktreeManager worktrees;
    private Worktree worktree;
    private TestRepository agent;

    @BeforeEach
    void makeWorktree() {
        project = TestRepository.create(folder.resolve("project"));
        repository = project.open();
        worktrees = WorktreeManager.of(repository);
        worktree = worktrees.add(new WorktreeRequest(folder.resolve("wt"), "feature/a", project.head()));
        agent = TestRepository.at(worktree.directory());
    }

    @AfterEach
    void close() {
        worktrees.close();
    }

    private void assertSound() {
        assertThat(project.git("fsck", "--full", "--no-dangling", "--no-progress"))
                .isEmpty();
    }

    @Test
    void storesAgainWhatAHostThatDiedHadNotHandedOver() throws Exception {
        agent.write("deep/er/file", "content");
        String blob = agent.git("hash-object", "deep/er/file");
        try (LeftoverCommit died = new LeftoverCommit(repository, worktree, TrustedConfiguration.of(repository))) {
            died.add(List.of());
        }
        Files.delete(repository.commonDirectory().resolve("objects/" + blob.substring(0, 2) + "/" + blob.substring(2)));

        LeftoversOutcome outcome = Leftovers.of(repository, TrustedConfiguration.of(repository))
                .commit(new LeftoversRequest(worktree, "left", Identity.DEFAULT));

        assertThat(outcome).isInstanceOf(LeftoversOutcome.Committed.class);
        assertThat(project.git("show", "feature/a:deep/er/file")).isEqualTo("content");
        assertSound();
        assertThat(agent.git("status", "--porcelain")).isEmpty();
        assertThat(worktree.gitDirectory().resolve("index.lock")).doesNotExist();
    }

    /** The user's garbage collection had looked before the branch had the commit, and the host died before it looked again. */
    @Test
    void bringsBackFromTheRoomOfAHostThatDiedWhatGarbageCollectionTook() throws Exception {
        Path objects = repository.commonDirectory().resolve("objects");
        Path room = Files.createDirectories(repository.stateDirectory().resolve(RoomFolder.RESCUE + "died"));
        Files.createFile(room.resolve("owner.lock"));
        agent.write("file", "content").commit("left");
        String commit = agent.head();
        for (String id : List.of(commit, agent.resolve("HEAD^{tree}"), agent.resolve("HEAD:file"))) {
            Path lost = objects.resolve(id.substring(0, 2)).resolve(id.substring(2));
            Path kept = room.resolve("objects").resolve(id.substring(0, 2)).resolve(id.substring(2));
            Files.createDirectories(kept.getParent());
            Files.move(lost, kept);
        }

        worktrees.prune();

        assertThat(project.git("show", commit + ":file")).isEqualTo("content");
        assertThat(room).doesNotExist();
        assertSound();
    }

    /** It goes on deleting what it took for garbage before: what is there still may be gone next. */
    @Test
    void handsNothingOverWhileGarbageIsCollected() throws Exception {
        Path room = deadRoom("died");
        Path lost = loseTo(room, storedBlob("content"));
        Process gc = garbageCollection();
        try {
            worktrees.prune();

            assertThat(room).exists();
        } finally {
            end(gc);
        }

        worktrees.prune();

        assertThat(lost).exists();
        assertThat(room).doesNotExist();
    }

    @Test
    void leavesNoRoomForTheSakeOfAnotherThatCannotBeHandedOver() throws Exception {
        Path hindered = deadRoom("b");
        Path lost = loseTo(hindered, storedBlob("content"));
        Path aside = folder.resolve("aside");
        Files.move(lost.getParent(), aside);
        Files.writeString(lost.getParent(), "no folder");
        List<Path> others = List.of(deadRoom("a"), deadRoom("c"), deadRoom("d"));

        worktrees.prune();

        assertThat(others).allSatisfy(room -> assertThat(room).doesNotExist());
        assertThat(hindered).exists();
        Files.delete(lost.getParent());
        Files.move(aside, lost.getParent());
        worktrees.prune();
        assertThat(lost).exists();
        assertThat(hindered).doesNotExist();
    }

    /** A run that is cancelled does not wait. */
    @Test
    void keepsTheRoomWhileAGarbageCollectionGoesOnThatItDidNotWaitFor() throws Exception {
        agent.write("file", "content");
        List<Process> gc = new ArrayList<>();
        Runnable cancel = unchecked(() -> {
            gc.add(garbageCollection());
            Thread.currentThread().interrupt();
        });
        try (LeftoverCommit leftovers = leftovers(cancel)) {
            leftovers.add(List.of());
            leftovers.commit(request()).orElseThrow();
            leftovers.takeIndex();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
            end(gc.get(0));
        }
        assertThat(rooms()).hasSize(1);

        worktrees.prune();

        assertThat(rooms()).isEmpty();
        assertThat(project.git("show", "feature/a:file")).isEqualTo("content");
    }

    private Path deadRoom(String name) throws IOException {
        Path room = Files.createDirectories(repository.stateDirectory().resolve(RoomFolder.RESCUE + name));
        Files.createFile(room.resolve("owner.lock"));
        Files.createDirectories(room.resolve("objects"));
        return room;
    }

    private Path storedBlob(String text) {
        String blob = agent.write("file", text).git("hash-object", "-w", "file");
        return LooseObject.file(repository.commonDirectory().resolve("objects"), blob);
    }

    /** Returns where it was. */
    private static Path loseTo(Path room, Path object) throws IOException {
        Path kept = room.resolve("objects")
                .resolve(object.getParent().getFileName())
                .resolve(object.getFileName());
        Files.createDirectories(kept.getParent());
        Files.move(object, kept);
        return object;
    }

    /** A git that lives, and is noted as one that collects garbage. */
    private Process garbageCollection() throws IOException {
        Process git = new ProcessBuilder("git", "cat-file", "--batch")
                .directory(project.directory().toFile())
                .start();
        Files.writeString(repository.commonDirectory().resolve("gc.pid"), git.pid() + " host");
        return git;
    }

    private void end(Process gc) throws Exception {
        gc.getOutputStream().close();
        assertThat(gc.waitFor()).isZero();
        Files.delete(repository.commonDirectory().resolve("gc.pid"));
    }

    /** Another agent's blob, which no ref holds yet, is as good as stored until the user collects garbage. */
    @Test
    void storesAgainWhatLayInTheRepositoryAndIsGone() throws Exception {
        agent.write("file", "content").git("hash-object", "-w", "file");
        String commit;
        try (LeftoverCommit leftovers = new LeftoverCommit(repository, worktree, TrustedConfiguration.of(repository))) {
            leftovers.add(List.of());
            project.git("prune", "--expire=now");

            commit = leftovers
                    .commit(new LeftoversRequest(worktree, "left", Identity.DEFAULT))
                    .orElseThrow();
            leftovers.takeIndex();
        }

        assertThat(project.resolve("feature/a")).isEqualTo(commit);
        assertThat(project.git("show", "feature/a:file")).isEqualTo("content");
        assertSound();
    }

    /** What another agent had stored is in no room of ours by itself. */
    @Test
    void handsOverAgainWhatAnotherHadStoredAndIsGoneAfterTheMove() throws Exception {
        Path shared = storedBlob("content");
        Runnable lose = unchecked(() -> {
            Files.delete(shared);
            Files.delete(worktree.directory().resolve("file"));
        });
        try (LeftoverCommit leftovers = leftovers(lose)) {
            leftovers.add(List.of());
            leftovers.commit(request()).orElseThrow();
            leftovers.takeIndex();
        }

        assertThat(project.git("show", "feature/a:file")).isEqualTo("content");
        assertThat(rooms()).isEmpty();
        assertSound();
    }

    /** Nothing can be written where it belongs: the next one to make a room hands it over. */
    @Test
    void keepsTheRoomWhileTheBranchNamesWhatOnlyTheRoomHas() throws Exception {
        Path shared = storedBlob("content");
        Path aside = folder.resolve("aside");
        Runnable deny = unchecked(() -> {
            Files.delete(shared);
            Files.move(shared.getParent(), aside);
            Files.writeString(shared.getParent(), "no folder");
        });
        try (LeftoverCommit leftovers = leftovers(deny)) {
            leftovers.add(List.of());

            assertThatThrownBy(() -> leftovers.commit(request())).isInstanceOf(IOException.class);
        }
        assertThat(rooms()).hasSize(1);
        Files.delete(shared.getParent());
        Files.move(aside, shared.getParent());

        worktrees.prune();

        assertThat(project.git("show", "feature/a:file")).isEqualTo("content");
        assertThat(rooms()).isEmpty();
        assertSound();
    }

    private LeftoverCommit leftovers(Runnable afterMove) throws IOException {
        return new LeftoverCommit(repository, worktree, TrustedConfiguration.of(repository), afterMove);
    }

    private LeftoversRequest request() {
        return new LeftoversRequest(worktree, "left", Identity.DEFAULT);
    }

    private List<Path> rooms() throws IOException {
        try (Stream<Path> files = Files.list(repository.stateDirectory())) {
            return files.filter(file -> file.getFileName().toString().startsWith(RoomFolder.RESCUE))
                    .toList();
        }
    }

    /** What is done to files. */
    @FunctionalInterface
    private interface Change {
        void make() throws IOException;
    }

    private static Runnable unchecked(Change change) {
        return () -> {
            try {
                change.make();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }
}
