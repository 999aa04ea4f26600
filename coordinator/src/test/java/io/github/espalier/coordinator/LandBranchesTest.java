package io.github.espalier.coordinator;

import static io.github.espalier.coordinator.TestHost.TARGET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.espalier.worktree.ConflictDetail;
import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.LandingStrategy;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Branches that are there already, landed without agents. */
@ExtendWith(UntouchedCheckouts.class)
@Timeout(120)
class LandBranchesTest extends HostTest {
    @BeforeEach
    void makeBranches() {
        host.branch("a", "a.txt", "a\n");
        host.branch("team/b", "b.txt", "b\n");
    }

    private CoordinatorBuilder builder() {
        return host.builder(InstanceLauncher.none());
    }

    @Test
    void landsInTheOrderGivenAndLeavesTheBranches() {
        String branches = host.repository().git("for-each-ref", "refs/heads/a", "refs/heads/team");

        RunReport report = builder().build().land(List.of("team/b", "a", "team/b"));

        assertThat(report.success()).isTrue();
        assertThat(report.tasks()).extracting(TaskReport::id).containsExactly("team/b", "a");
        assertThat(subjects()).containsExactly("Land team/b", "Land a");
        assertThat(host.repository().git("for-each-ref", "refs/heads/a", "refs/heads/team"))
                .isEqualTo(branches);
        assertThat(RunHistory.of(GitRepository.open(host.repository().directory()))
                        .landings())
                .extracting(Landing::task)
                .containsExactlyInAnyOrder("a", "team/b");
    }

    @Test
    void refusesAllThatIsNoBranchToLandAtOnce() {
        String refs = host.repository().git("for-each-ref");

        assertThatThrownBy(() -> builder().build().land(List.of("a", "nowhere", TARGET)))
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        e -> assertThat(e.problems())
                                .containsExactly(
                                        "branch nowhere: there is none of this name; git branch lists those there are",
                                        "branch roadmap: is the target; name the branches to land on it"));

        assertThat(host.repository().git("for-each-ref")).isEqualTo(refs);
        assertThat(builder().build().land(List.of("a")).success()).isTrue();
    }

    @Test
    void choosesAmongAllByTheirRisk() {
        host.branch("wide", "a.txt", "a\n");
        host.branch("wide", "b.txt", "b\n");

        builder()
                .landingOrder(LandingOrder.LEAST_RISK)
                .strategy(LandingStrategy.SQUASH)
                .build()
                .land(List.of("wide", "a", "team/b"));

        assertThat(subjects()).containsExactly("Land a", "Land wide");
    }

    @Test
    void givesUpABranchWhoseRiskCannotBeToldAndLandsTheOthers() {
        host.repository().git("update-ref", "refs/heads/unrelated", unrelated());

        RunReport report =
                builder().landingOrder(LandingOrder.LEAST_RISK).build().land(List.of("unrelated", "a"));

        assertThat(report.task("unrelated").outcome()).isInstanceOf(TaskOutcome.InstanceFailed.class);
        assertThat(report.task("a").outcome()).isInstanceOf(TaskOutcome.Landed.class);
    }

    /** It is tried beside one that is being verified, and in one batch with it, and is no reason to give that up. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void givesUpABranchThatCannotBeMergedAndNoOther(int batch) {
        host.repository().git("update-ref", "refs/heads/unrelated", unrelated());

        RunReport report = builder()
                .verify(Verification.command("true"))
                .maxVerifications(3)
                .landingBatch(batch)
                .build()
                .land(List.of("a", "unrelated", "team/b"));

        assertThat(report.task("unrelated").outcome())
                .isInstanceOfSatisfying(
                        TaskOutcome.InstanceFailed.class,
                        failed -> assertThat(failed.detail()).contains("no common ancestor"));
        assertThat(subjects()).containsExactly("Land a", "Land team/b");
    }

    /** Also where the commits that landed are not those that were made. */
    @ParameterizedTest
    @EnumSource(names = {"MERGE", "REBASE"})
    void namesTheLandingsOfEarlierRunsThatAConflictComesFrom(LandingStrategy strategy) {
        host.branch("early", "src/App.java", "class App { early }\n");
        host.branch("late", "src/App.java", "class App { late }\n");
        String earlier = builder()
                .strategy(strategy)
                .build()
                .land(List.of("a", "early", "team/b"))
                .run();

        RunReport report = builder().strategy(strategy).build().land(List.of("late"));

        assertThat(report.task("late").outcome()).isInstanceOfSatisfying(TaskOutcome.Conflicted.class, conflicted -> {
            ConflictDetail detail = conflicted.details().get(0);
            assertThat(detail.ourCommits())
                    .isNotEmpty()
                    .allSatisfy(commit -> assertThat(conflicted.tasks()).containsEntry(commit, earlier + "/early"));
            assertThat(detail.theirCommits())
                    .isNotEmpty()
                    .allSatisfy(commit -> assertThat(conflicted.tasks()).containsEntry(commit, "late"));
        });
    }

    private String unrelated() {
        return host.repository()
                .git("commit-tree", "-m", "unrelated", host.repository().resolve("main^{tree}"));
    }

    @Test
    void verifiesAllOfABatchOnceAndFindsTheRedOne() {
        host.branch("red", "red.txt", "red\n");
        AtomicInteger count = new AtomicInteger();
        Verification check = request -> {
            count.incrementAndGet();
            return new Verification.Verdict(!Files.exists(request.directory().resolve("red.txt")), "red.txt");
        };

        RunReport green = builder().verify(check).landingBatch(2).build().land(List.of("a", "team/b"));

        assertThat(green.success()).isTrue();
        assertThat(count).hasValue(1);

        RunReport red = builder().verify(check).build().land(List.of("red"));

        assertThat(red.task("red").outcome()).isInstanceOf(TaskOutcome.VerificationFailed.class);
        assertThat(subjects()).containsExactly("Land a", "Land team/b");
    }

    private List<String> subjects() {
        return host.repository()
                .git("log", "--first-parent", "--reverse", "--format=%s", "main.." + TARGET)
                .lines()
                .toList();
    }
}
