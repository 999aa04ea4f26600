package io.github.espalier.worktree;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.espalier.worktree.internal.RescueChild;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Under which ref a rescue is kept, also when it is not the first try. */
class RescueRefsTest {
    private static final String REF = "refs/espalier/rescue/run/task/1";

    @TempDir
    Path folder;

    private TestRepository main;
    private GitRepository repository;
    private WorktreeManager manager;
    private Worktree worktree;
    private TestRepository work;

    @BeforeEach
    void makeWorktree() {
        main = TestRepository.create(folder.resolve("main"));
        repository = main.open();
        manager = WorktreeManager.of(repository);
        worktree = manager.add(new WorktreeRequest(folder.resolve("wt"), "feature/x", main.head()));
        work = TestRepository.at(worktree.directory());
    }

    @AfterEach
    void close() {
        manager.close();
    }

    private RescueOutcome.Saved save(String message) {
        return (RescueOutcome.Saved) Rescue.of(repository).save(new RescueRequest(worktree, REF, message, false));
    }

    private List<Path> rooms() throws IOException {
        List<Path> rooms = new ArrayList<>();
        try (var found = Files.newDirectoryStream(repository.stateDirectory(), "rescue-*")) {
            found.forEach(rooms::add);
        }
        return rooms;
    }

    @Test
    void takesTheSameRefForTheSameContentWhateverTheMessage() {
        work.write("n", "1").write("README.md", "staged").git("add", "README.md");
        work.write("README.md", "later");
        RescueOutcome.Saved first = save("first try");
        assertThat(save("second try")).isEqualTo(first);
        assertThat(Refs.of(repository).list("refs/espalier/rescue/")).hasSize(1);
    }

    @Test
    void takesTheNextFreeSuffixForOtherContentAndFindsEachAgain() {
        for (int i = 1; i <= 3; i++) {
            work.write("n", "content " + i);
            assertThat(save("m").ref()).isEqualTo(i == 1 ? REF : REF + "-" + i);
        }
        for (int i = 3; i >= 1; i--) {
            work.write("n", "content " + i);
            assertThat(save("m").ref()).isEqualTo(i == 1 ? REF : REF + "-" + i);
        }
        main.git("update-ref", "-d", REF + "-2");
        work.write("n", "content 4");
        assertThat(save("m").ref()).isEqualTo(REF + "-2");
    }

    @Test
    void passesByRefsThatKeepNoCommitOrStandInTheWay() throws IOException {
        main.git("update-ref", REF + "/below", main.head());
        main.git("update-ref", REF + "-2", main.git("hash-object", "-w", "README.md"));
        Path loose = repository.commonDirectory().resolve("refs/espalier/rescue/run/task");
        Files.writeString(loose.resolve("1-3"), "1".repeat(40) + "\n");
        Files.writeString(loose.resolve("1-4"), "");
        work.write("n", "1");
        assertThat(save("m").ref()).isEqualTo(REF + "-5");
        assertThat(save("m").ref()).isEqualTo(REF + "-5");
    }

    @Test
    void keepsAllOfManyAtOnceForOneRef() {
        List<CompletableFuture<RescueOutcome.Saved>> saving = new ArrayList<>();
        List<Worktree> worktrees = IntStream.range(0, 4)
                .mapToObj(i -> manager.add(new WorktreeRequest(folder.resolve("w" + i), "b" + i, main.head())))
                .toList();
        for (Worktree each : worktrees) {
            TestRepository.at(each.directory()).write("n", each.branch());
            saving.add(CompletableFuture.supplyAsync(
                    () -> (RescueOutcome.Saved) Rescue.of(repository).save(new RescueRequest(each, REF, "m", false))));
        }
        assertThat(saving.stream().map(future -> future.join().ref()))
                .containsExactlyInAnyOrder(REF, REF + "-2", REF + "-3", REF + "-4");
    }

    @Test
    void goesOnAfterAHostThatWasKilledAndRemovesItsRoomOnlyThen() throws Exception {
        work.write("n", "1");
        Process child = RescueChild.start(List.of(), repository, worktree, REF);
        try {
            assertThat(RescueChild.await(child, "made")).isEqualTo("made " + REF);
            Optional<String> made = Refs.of(repository).read(REF);
            List<Path> alive = rooms();
            assertThat(alive).hasSize(1);

            assertThat(save("while it lives").commit()).isEqualTo(made.orElseThrow());
            assertThat(rooms()).isEqualTo(alive);

            child.destroyForcibly().waitFor();
            assertThat(save("after its death").commit()).isEqualTo(made.orElseThrow());
            assertThat(rooms()).isEmpty();
        } finally {
            child.destroyForcibly().waitFor();
        }
    }

    @Test
    void removesRoomsWithoutAnOwnerButNothingElse() throws IOException {
        Path state = repository.stateDirectory();
        Path abandoned = Files.createDirectories(state.resolve("rescue-1/objects"));
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        Path link = Files.createSymbolicLink(state.resolve("rescue-2"), elsewhere);
        Path file = Files.writeString(state.resolve("rescue-3"), "a file");
        work.write("n", "1");
        save("m");
        assertThat(abandoned.getParent()).doesNotExist();
        assertThat(elsewhere).exists();
        assertThat(link).isSymbolicLink();
        assertThat(file).exists();
    }
}
