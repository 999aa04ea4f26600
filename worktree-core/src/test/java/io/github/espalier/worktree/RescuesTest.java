package io.github.espalier.worktree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RescuesTest {
    private static final Instant FIRST = Instant.parse("2026-07-01T00:00:00Z");
    private static final Instant SECOND = Instant.parse("2026-07-02T00:00:00Z");

    @TempDir
    Path folder;

    private TestRepository main;
    private WorktreeManager manager;
    private Worktree worktree;
    private TestRepository work;
    private Rescues rescues;
    private CheckoutFingerprint before;

    @BeforeEach
    void makeWorktree() {
        main = TestRepository.init(folder.resolve("main"));
        main.write("a.txt", "one\n").write("dir/b.txt", "two\n").commit("first");
        manager = WorktreeManager.of(main.open());
        worktree = manager.add(new WorktreeRequest(folder.resolve("wt"), "feature/x", main.head()));
        work = TestRepository.at(worktree.directory());
        rescues = Rescues.of(main.open());
        before = CheckoutFingerprint.of(main.directory());
    }

    @AfterEach
    void mainIsUntouched() {
        assertThat(CheckoutFingerprint.of(main.directory())).isEqualTo(before);
        manager.close();
    }

    private RescueOutcome.Saved save(String task, Instant time) {
        String message = new RescueMessage(task, "run", 1, time, "tests failed").text();
        return (RescueOutcome.Saved) Rescue.of(main.open())
                .save(new RescueRequest(worktree, Rescues.PREFIX + "run/" + task + "/1", message, false));
    }

    @Test
    void listsNothingWhereNothingWasRescued() {
        assertThat(rescues.list()).isEmpty();
    }

    @Test
    void listsNewestFirstWithWhoWhenAndWhy() {
        work.write("n", "1");
        save("old", FIRST);
        work.write("n", "2");
        RescueOutcome.Saved saved = save("new", SECOND);

        assertThat(rescues.list())
                .extracting(RescuedWork::ref)
                .containsExactly(Rescues.PREFIX + "run/new/1", Rescues.PREFIX + "run/old/1");
        assertThat(rescues.list().get(0))
                .isEqualTo(new RescuedWork(
                        saved.commit().substring(0, 10),
                        saved.ref(),
                        saved.commit(),
                        Optional.of(main.head()),
                        Optional.of(SECOND),
                        Optional.of(new RescueMessage("new", "run", 1, SECOND, "tests failed"))));
    }

    @Test
    void listsRescuesOfUnknownFormAndDamagedOnes() throws IOException {
        String blob = main.git("hash-object", "-w", "a.txt");
        main.git("update-ref", Rescues.PREFIX + "blob", blob);
        String foreign = work.write("n", "1").commit("Not ours\n\nEspalier-Task: x");
        main.git("update-ref", "--create-reflog", Rescues.PREFIX + "foreign", foreign);
        String gone = "1".repeat(40);
        Path ref = main.open().commonDirectory().resolve(Rescues.PREFIX + "gone");
        Files.writeString(ref, gone + "\n");

        List<RescuedWork> list = rescues.list();

        assertThat(list).hasSize(3).allMatch(rescued -> rescued.message().isEmpty());
        assertThat(rescues.find("foreign").base()).contains(main.head());
        assertThat(rescues.find("foreign").time()).isPresent();
        assertThat(rescues.find("gone").commit()).isEqualTo(gone);
        assertThat(rescues.find("gone").time()).isEmpty();
        assertThat(rescues.pruneBefore(Instant.MAX))
                .extracting(RescuedWork::ref)
                .containsExactly(Rescues.PREFIX + "foreign");
        assertThatThrownBy(() -> rescues.restore("gone", "b")).isInstanceOf(WorktreeException.class);
        assertThatThrownBy(() -> rescues.restore("blob", "b")).isInstanceOf(WorktreeException.class);
        Files.delete(ref);
    }

    @Test
    void ageOfACommitMadeElsewhereIsThatOfItsRef() {
        work.git("-c", "user.name=Old", "commit", "-q", "--allow-empty", "-m", "x", "--date=@1000 +0000");
        work.git("update-ref", "--create-reflog", Rescues.PREFIX + "delivered", copyFromTheYear1970(work.head()));
        assertThat(rescues.pruneBefore(FIRST)).isEmpty();
        assertThat(rescues.list()).hasSize(1);
    }

    private String copyFromTheYear1970(String commit) {
        String raw = main.git("cat-file", "commit", commit).replaceFirst("committer (.*>) \\d+", "committer $1 1000");
        main.write("../raw", raw + "\n");
        return main.git("hash-object", "-t", "commit", "-w", "../raw");
    }

    @Test
    void findsByIdByLongerIdAndByRef() {
        work.write("n", "1");
        RescueOutcome.Saved saved = save("t", FIRST);
        RescuedWork listed = rescues.list().get(0);
        for (String id : List.of(listed.id(), saved.commit(), saved.commit().substring(0, 4), saved.ref(), "run/t/1")) {
            assertThat(rescues.find(id)).isEqualTo(listed);
        }
    }

    @Test
    void namesTheIdAndTheRemedyWhereItIsUnknownOrAmbiguous() {
        work.write("n", "1");
        RescueOutcome.Saved saved = save("t", FIRST);
        main.git("update-ref", Rescues.PREFIX + "twin", saved.commit());

        for (String unknown : List.of("", "zzzz", saved.commit().substring(0, 3), "refs/heads/main", "-x")) {
            assertThatThrownBy(() -> rescues.find(unknown))
                    .isInstanceOfSatisfying(
                            UnknownRescueException.class,
                            e -> assertThat(e.id()).isEqualTo(unknown))
                    .hasMessageContaining("\"" + unknown + "\"")
                    .hasMessageContaining("list the rescues");
        }
        assertThatThrownBy(() -> rescues.find(saved.commit()))
                .isInstanceOfSatisfying(
                        UnknownRescueException.class,
                        e -> assertThat(e.candidates()).containsExactlyInAnyOrder("run/t/1", "twin"));
        assertThat(rescues.list()).allMatch(listed -> rescues.find(listed.id()).equals(listed));
    }

    @Test
    void tellsTheFilesWithTheirStatus() throws IOException {
        work.write("new/f\n", "1").write("a.txt", "changed\n");
        Files.delete(worktree.directory().resolve("dir/b.txt"));
        Files.createSymbolicLink(worktree.directory().resolve("dir/b.txt"), Path.of("nowhere"));
        save("t", FIRST);
        assertThat(rescues.files(rescues.list().get(0)))
                .containsExactly(
                        new RescuedFile("a.txt", RescuedFile.Status.MODIFIED),
                        new RescuedFile("dir/b.txt", RescuedFile.Status.TYPE_CHANGED),
                        new RescuedFile("new/f\n", RescuedFile.Status.ADDED));
    }

    @Test
    void restoresExactlyTheFilesAndKeepsWhatElseTheRescueCarries() throws IOException {
        work.git("checkout", "-q", "--detach");
        String detached = work.write("d", "detached").commit("detached");
        work.git("checkout", "-q", "feature/x");
        work.write("a.txt", "staged\n").git("add", "a.txt");
        String staged = work.git("rev-parse", ":a.txt");
        work.write("a.txt", "later\r\n").write("run.sh", "#!\n").write("new/untracked", "u");
        assertThat(worktree.directory().resolve("run.sh").toFile().setExecutable(true, false))
                .isTrue();
        Files.delete(worktree.directory().resolve("dir/b.txt"));
        Files.delete(worktree.directory().resolve("dir"));
        Files.createSymbolicLink(worktree.directory().resolve("link"), Path.of("a.txt"));
        CheckoutFingerprint files = CheckoutFingerprint.of(worktree.directory());
        RescueOutcome.Saved saved = save("t", FIRST);

        RescuedWork restored = rescues.restore(saved.commit().substring(0, 10), "salvaged/t");
        rescues.prune(List.of(restored.id()));

        main.git("worktree", "add", "-q", folder.resolve("out").toString(), "salvaged/t");
        assertThat(CheckoutFingerprint.of(folder.resolve("out")).files()).isEqualTo(files.files());
        assertThat(Refs.of(main.open()).isAncestor(detached, "salvaged/t")).isTrue();
        assertThat(main.git("rev-list", "--objects", "salvaged/t")).contains(staged);
        assertThat(rescues.list()).isEmpty();
    }

    @Test
    void movesNoBranchThatIsThere() {
        work.write("n", "1");
        String id = save("t", FIRST).commit();
        for (String taken : List.of("feature/x", "main", "feature", "main/x")) {
            assertThatThrownBy(() -> rescues.restore(id, taken))
                    .isInstanceOfSatisfying(
                            BranchExistsException.class,
                            e -> assertThat(e.branch()).isEqualTo(taken))
                    .hasMessageContaining("choose another name");
        }
        work.git("checkout", "-q", "--orphan", "unborn");
        assertThatThrownBy(() -> rescues.restore(id, "unborn")).isInstanceOf(BranchExistsException.class);
        for (String bad : List.of("", "-x", "a..b", "HEAD", "x.lock", "a b", "a\nb")) {
            assertThatThrownBy(() -> rescues.restore(id, bad)).isInstanceOf(InvalidNameException.class);
        }
        assertThat(Refs.of(main.open()).list("refs/heads/").keySet())
                .containsExactlyInAnyOrder("refs/heads/feature/x", "refs/heads/main");
    }

    @Test
    void prunesOnlyWhatIsNamedOrOlder() {
        work.write("n", "1");
        RescueOutcome.Saved old = save("old", FIRST);
        work.write("n", "2");
        RescueOutcome.Saved young = save("young", SECOND);

        assertThatThrownBy(() -> rescues.prune(List.of(old.commit(), "nonsense")))
                .isInstanceOf(UnknownRescueException.class);
        assertThat(rescues.prune(List.of())).isEmpty();
        assertThat(rescues.pruneBefore(FIRST)).isEmpty();
        assertThat(rescues.list()).hasSize(2);
        assertThat(rescues.pruneBefore(SECOND)).extracting(RescuedWork::commit).containsExactly(old.commit());
        assertThat(rescues.prune(List.of(young.commit(), young.ref())))
                .extracting(RescuedWork::commit)
                .containsExactly(young.commit());
        assertThat(rescues.list()).isEmpty();
    }
}
