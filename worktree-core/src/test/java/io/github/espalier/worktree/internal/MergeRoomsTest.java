package io.github.espalier.worktree.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.espalier.worktree.MergeOutcome;
import io.github.espalier.worktree.MergeRequest;
import io.github.espalier.worktree.TestRepository;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What merges write down of our side's attribute files, and how long it stays. */
class MergeRoomsTest {
    @TempDir
    Path folder;

    private TestRepository repository;
    private GitMerger merger;

    /** Both sides add a line at the end of each file; where {@code union} holds, both stay. */
    @BeforeEach
    void makeRepository() {
        repository = TestRepository.init(folder.resolve("project"));
        repository.write("a/x.txt", "1\n").write("b/x.txt", "1\n").commit("base");
        repository.git("checkout", "-q", "-b", "theirs");
        repository.write("a/x.txt", "1\n2\n").write("b/x.txt", "1\n2\n").commit("theirs");
        side("none");
        side("one", "a");
        side("other", "b");
        side("both", "a", "b");
        merger = new GitMerger(repository.open(), Set.of());
    }

    private void side(String branch, String... folders) {
        repository.git("checkout", "-q", "-b", branch, "main");
        for (String in : folders) {
            repository.write(in + "/.gitattributes", "*.txt merge=union\n");
        }
        repository.write("a/x.txt", "1\n3\n").write("b/x.txt", "1\n3\n").commit(branch);
    }

    @AfterEach
    void leaveNothing() throws IOException {
        merger.rooms().close();
        assertThat(rooms()).isEmpty();
    }

    private List<Path> rooms() throws IOException {
        List<Path> rooms = new ArrayList<>();
        Path state = repository.open().stateDirectory();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(state, RoomFolder.MERGES + "*")) {
            found.forEach(rooms::add);
        }
        return rooms;
    }

    private List<String> conflicts(String ours) {
        return merger.merge(new MergeRequest(ours, "theirs")) instanceof MergeOutcome.Conflicted conflicted
                ? conflicted.conflicts().stream()
                        .map(conflict -> conflict.path())
                        .toList()
                : List.of();
    }

    @Test
    void leavesNothingOfTheOnlyMerge() throws IOException {
        conflicts("both");

        assertThat(rooms()).isEmpty();
    }

    @Test
    void writesOnlyWhatOneMergeWantsOtherwiseThanTheOneBefore() throws IOException {
        conflicts("one");
        conflicts("one");
        Path room = rooms().get(0);
        Path attributes = room.resolve("tree/a/.gitattributes");
        Files.writeString(attributes, "*.md merge=union\n"); // seen, since it is not written again

        assertThat(conflicts("one")).containsExactly("a/x.txt", "b/x.txt");
        assertThat(conflicts("both")).containsExactly("a/x.txt");
        assertThat(conflicts("other")).containsExactly("a/x.txt");
        assertThat(room.resolve("tree/a")).doesNotExist();
        assertThat(conflicts("one")).containsExactly("b/x.txt");
        assertThat(conflicts("none")).containsExactly("a/x.txt", "b/x.txt");
        assertThat(room.resolve("tree")).isEmptyDirectory();
        assertThat(rooms()).containsExactly(room);
    }

    @Test
    void mergesSideBySideEachByItsOwnAttributes() throws Exception {
        List<String> sides = List.of("none", "one", "other", "both");
        List<List<String>> alone = sides.stream().map(this::conflicts).toList();
        ExecutorService threads = Executors.newFixedThreadPool(sides.size());
        try {
            List<Future<List<String>>> merges = new ArrayList<>();
            for (int round = 0; round < 3; round++) {
                sides.forEach(side -> merges.add(threads.submit(() -> conflicts(side))));
            }
            for (int i = 0; i < merges.size(); i++) {
                assertThat(merges.get(i).get()).isEqualTo(alone.get(i % sides.size()));
            }
        } finally {
            threads.shutdown();
        }
        assertThat(rooms()).hasSize(1);
    }

    @Test
    void takesAwayWhatAProcessThatDiedLeft() throws IOException {
        Path state = repository.open().stateDirectory();
        Files.createDirectories(state.resolve(RoomFolder.MERGES + "1/tree"));
        Files.createDirectories(state.resolve(RoomFolder.OBJECTS + "1/git"));

        conflicts("one");

        assertThat(rooms()).isEmpty();
        assertThat(state.resolve(RoomFolder.OBJECTS + "1")).doesNotExist();
    }
}
