package io.github.espalier.worktree;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.espalier.worktree.TargetBranch.AdvanceOutcome;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A target that is checked out, and the commit that it is to move to. */
abstract class TargetCheckoutFixture {
    @TempDir
    Path folder;

    TestRepository repository;
    String from;
    String to = "";

    @BeforeEach
    void makeRepository() {
        repository = TestRepository.create(folder.resolve("project"));
        repository
                .write("a.txt", "old\n")
                .write("dir/file.txt", "d\n")
                .write("kept.txt", "k\n")
                .write("z.txt", "old\n")
                .commit("base");
        from = repository.head();
    }

    /** Makes the commit to advance to, on a branch of its own, and goes back. */
    void target(Runnable changes) {
        from = repository.head();
        repository.git("checkout", "-q", "-b", "work");
        changes.run();
        to = repository.commit("work");
        repository.git("checkout", "-q", "main");
        assertThat(repository.git("status", "--porcelain")).isEmpty();
    }

    void targetChangesA() {
        target(() -> repository.write("a.txt", "new\n"));
    }

    TargetBranch main() {
        return TargetBranch.of(repository.open(), "main");
    }

    void assertAdvances() {
        assertThat(main().advance(from, to, "test")).isInstanceOf(AdvanceOutcome.Advanced.class);
        assertThat(repository.resolve("main")).isEqualTo(to);
    }

    AdvanceOutcome.Held assertHeld(TargetBranch target, Path... checkouts) {
        CheckoutFingerprint[] before = new CheckoutFingerprint[checkouts.length];
        for (int i = 0; i < checkouts.length; i++) {
            before[i] = CheckoutFingerprint.of(checkouts[i]);
        }
        AdvanceOutcome outcome = target.advance(from, to, "test");
        assertThat(outcome).isInstanceOf(AdvanceOutcome.Held.class);
        for (int i = 0; i < checkouts.length; i++) {
            assertThat(CheckoutFingerprint.of(checkouts[i])).isEqualTo(before[i]);
        }
        assertThat(repository.resolve("main")).isEqualTo(from);
        return (AdvanceOutcome.Held) outcome;
    }

    AdvanceOutcome.Held assertHeld() {
        return assertHeld(main(), repository.directory());
    }
}
