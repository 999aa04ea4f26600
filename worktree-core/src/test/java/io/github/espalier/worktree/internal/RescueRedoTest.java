package io.github.espalier.worktree.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.Refs;
import io.github.espalier.worktree.Rescue;
import io.github.espalier.worktree.RescueFailedException;
import io.github.espalier.worktree.RescueOutcome;
import io.github.espalier.worktree.RescueRequest;
import io.github.espalier.worktree.TestRepository;
import io.github.espalier.worktree.Worktree;
import io.github.espalier.worktree.WorktreeManager;
import io.github.espalier.worktree.WorktreeRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RescueRedoTest {
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
        main = TestRepository.init(folder.resolve("main"));
        main.write("a.txt", "one\n").write("dir/b.txt", "two\n").commit("first");
        repository = main.open();
        manager = WorktreeManager.of(repository);
        worktree = manager.add(new WorktreeRequest(folder.resolve("wt"), "feature/x", main.head()));
        work = TestRepository.at(worktree.directory());
    }

    @AfterEach
    void leavesNoRoom() throws IOException {
        try (var left = Files.newDirectoryStream(repository.stateDirectory(), "rescue-*")) {
            assertThat(left).isEmpty();
        }
        manager.close();
    }

    private RescueOutcome.Saved save(String ref, Consumer<String> afterRef) {
        return (RescueOutcome.Saved) new GitRescue(repository, Rescue.UNTRACKED_LIMIT, afterRef)
                .save(new RescueRequest(worktree, ref, "m", false));
    }

    private void lose(String revision) {
        String id = main.resolve(revision);
        try {
            Files.delete(repository.commonDirectory().resolve("objects/" + id.substring(0, 2) + "/" + id.substring(2)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void isWhole(RescueOutcome.Saved saved) {
        assertThat(main.git("rev-list", "--objects", saved.commit())).isNotEmpty();
        assertThat(main.git("fsck", "--connectivity-only")).doesNotContain("missing", "broken");
    }

    @ParameterizedTest
    @ValueSource(strings = {":new/n", ":new", "^{tree}", "", "^2", "^2:staged"})
    void storesAgainWhatWasTakenAwayBeforeTheRefProtectedIt(String lost) {
        work.write("new/n", "untracked").write("staged", "staged\n").git("add", "staged");
        work.write("staged", "later\n");
        AtomicInteger calls = new AtomicInteger();
        // What only the index held is gone for good, so that one is put back, as a gc never takes it.
        String staged = work.git("rev-parse", ":staged");

        RescueOutcome.Saved saved = save(REF, ref -> {
            if (calls.incrementAndGet() == 1) {
                lose(ref + lost);
                work.write("../copy", "staged\n");
                assertThat(main.git("hash-object", "-w", "../copy")).isEqualTo(staged);
            }
        });

        assertThat(saved.ref()).isEqualTo(REF);
        assertThat(Refs.of(repository).read(REF)).contains(saved.commit());
        assertThat(Refs.of(repository).list("refs/espalier/rescue/")).hasSize(1);
        isWhole(saved);
    }

    @Test
    void storesAgainWhatTheIndexTakesForUnchanged() {
        work.write("a.txt", "staged and there\n").git("add", "a.txt");
        AtomicInteger calls = new AtomicInteger();
        RescueOutcome.Saved saved = save(REF, ref -> {
            if (calls.incrementAndGet() == 1) {
                lose(ref + ":a.txt");
            }
        });
        assertThat(calls).hasValue(2);
        assertThat(main.git("show", saved.commit() + ":a.txt")).isEqualTo("staged and there");
        isWhole(saved);
    }

    @Test
    void failsWithoutARefWhereAnObjectIsGoneForGood() {
        work.write("new/n", "untracked");
        work.write("staged", "only staged").git("add", "staged");
        work.write("staged", "later");
        lose(work.git("rev-parse", ":staged"));
        assertThatThrownBy(() -> save(REF, ref -> {}))
                .isInstanceOfSatisfying(
                        RescueFailedException.class,
                        e -> assertThat(e.directory()).isEqualTo(worktree.directory()))
                .hasMessageContaining("git gc");
        assertThat(Refs.of(repository).list("refs/espalier/rescue/")).isEmpty();
        assertThat(work.read("new/n")).isEqualTo("untracked");
        work.git("reset", "-q", "--hard");
        work.write("new/n", "untracked");
        isWhole(save(REF, ref -> {}));
    }

    @Test
    void mendsAnEarlierRescueThatACrashLeftIncomplete() {
        work.write("new/n", "untracked");
        RescueOutcome.Saved first = save(REF, ref -> {});
        lose(REF + ":new/n");
        assertThat(save(REF, ref -> {})).isEqualTo(first);
        isWhole(first);
    }

    @Test
    void savesEverythingWhileGarbageIsCollectedAllTheTime() {
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Integer> collecting = CompletableFuture.supplyAsync(() -> {
            int times = 0;
            while (!over.get()) {
                try {
                    main.git("gc", "--prune=now", "--quiet");
                    times++;
                } catch (AssertionError e) {
                    // git gc gives up where a ref that was just made lacks an object
                }
            }
            return times;
        });
        try {
            for (int i = 0; i < 8; i++) {
                work.write("new/n", "untracked " + i).write("d" + i + "/f", "more " + i);
                save("refs/espalier/rescue/run/task/" + i, ref -> {});
            }
        } finally {
            over.set(true);
            assertThat(collecting.join()).isPositive();
        }
        assertThat(main.git("fsck", "--full")).doesNotContain("missing", "broken");
        for (int i = 0; i < 8; i++) {
            assertThat(main.git("show", "refs/espalier/rescue/run/task/" + i + ":new/n"))
                    .isEqualTo("untracked " + i);
        }
    }
}
