package io.github.espalier.coordinator.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.espalier.coordinator.CoordinatorException;
import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.Identity;
import io.github.espalier.worktree.IntegrationOutcome;
import io.github.espalier.worktree.IntegrationRequest;
import io.github.espalier.worktree.Integrator;
import io.github.espalier.worktree.LandingStrategy;
import io.github.espalier.worktree.Merger;
import io.github.espalier.worktree.Refs;
import io.github.espalier.worktree.RevertRequest;
import io.github.espalier.worktree.Reverter;
import io.github.espalier.worktree.TestRepository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody collects garbage in the moment between a merge commit and the ref that is to hold it. */
class AnchoredIntegratorTest {
    @TempDir
    Path folder;

    private TestRepository repository;
    private GitRepository opened;
    private IntegrationRequest request;
    private int made;

    @BeforeEach
    void makeBranches() {
        repository = TestRepository.create(folder.resolve("project"));
        opened = repository.open();
        repository.git("checkout", "-q", "-b", "work");
        String tip = repository.write("src/work.txt", "work").commit("work");
        repository.git("checkout", "-q", "main");
        String onto = repository.write("main.txt", "main").commit("main");
        request = new IntegrationRequest(onto, tip, LandingStrategy.MERGE, "Land\n", Identity.DEFAULT);
    }

    /** Merges, and then loses an object of each of the first merges. */
    private AnchoredIntegrator losing(int times, Function<IntegrationOutcome.Integrated, String> object) {
        Integrator git = Integrator.of(opened);
        Integrator losing = asked -> {
            IntegrationOutcome.Integrated merged = (IntegrationOutcome.Integrated) git.integrate(asked);
            if (++made <= times) {
                lose(object.apply(merged));
            }
            return merged;
        };
        return new AnchoredIntegrator(losing, Refs.of(opened), "run");
    }

    private void lose(String id) {
        try {
            Files.delete(repository
                    .directory()
                    .resolve(".git/objects")
                    .resolve(id.substring(0, 2))
                    .resolve(id.substring(2)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void assertMakes(AnchoredIntegrator integrator) {
        IntegrationOutcome.Integrated merged = (IntegrationOutcome.Integrated) integrator.integrate(request);

        repository.git("gc", "-q", "--prune=now");
        assertThat(made).isEqualTo(3);
        assertThat(repository.git("show", merged.commit() + ":src/work.txt")).isEqualTo("work");
        integrator.close();
        assertThat(repository.git("for-each-ref", "refs/espalier/")).isEmpty();
    }

    @Test
    void makesACommitAgainThatIsLost() {
        assertMakes(losing(2, IntegrationOutcome.Integrated::commit));
    }

    @Test
    void makesACommitAgainWhoseTreeIsLost() {
        assertMakes(losing(2, IntegrationOutcome.Integrated::tree));
    }

    @Test
    void takesBackAgainWhereWhatWasMadeToBeMergedIsLost() {
        Merger git = Merger.of(opened);
        Merger losing = asked -> {
            if (++made <= 2) {
                lose(asked.ours());
            }
            return git.merge(asked);
        };
        Reverter reverter = Reverter.of(opened, losing);
        IntegrationOutcome.Integrated landed =
                (IntegrationOutcome.Integrated) Integrator.of(opened).integrate(request);
        RevertRequest back =
                new RevertRequest(landed.commit(), request.onto(), landed.commit(), "Undo\n", Identity.DEFAULT);

        IntegrationOutcome undone = new AnchoredIntegrator(any -> reverter.revert(back), Refs.of(opened), "run")
                .integrate(new IntegrationRequest(
                        landed.commit(), landed.commit(), LandingStrategy.MERGE, "Undo\n", Identity.DEFAULT));

        assertThat(made).isEqualTo(3);
        assertThat(((IntegrationOutcome.Integrated) undone).tree())
                .isEqualTo(repository.resolve(request.onto() + "^{tree}"));
    }

    @Test
    void refusesABranchOfWhichABlobIsLost() {
        AnchoredIntegrator integrator = losing(1, merged -> repository.resolve("work:src/work.txt"));

        assertThatThrownBy(() -> integrator.integrate(request))
                .isInstanceOf(CoordinatorException.class)
                .hasMessageContaining(request.branchTip())
                .hasMessageContaining("git fsck");
    }

    @Test
    void isHinderedByNoOtherBranchThatIsBroken() throws IOException {
        Files.writeString(repository.directory().resolve(".git/refs/heads/broken"), "1".repeat(40) + "\n");

        assertThat(losing(0, IntegrationOutcome.Integrated::tree).integrate(request))
                .isInstanceOf(IntegrationOutcome.Integrated.class);
    }
}
