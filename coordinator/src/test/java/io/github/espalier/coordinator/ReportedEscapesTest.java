package io.github.espalier.coordinator;

import static io.github.espalier.coordinator.TestHost.TARGET;
import static io.github.espalier.coordinator.TestHost.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.espalier.worktree.CheckoutFingerprint;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Agents that were publicly reported to write outside their worktrees: the user's checkout is compared before and after, so
 * that it is told; in a sandbox it is prevented.
 */
@Timeout(120)
class ReportedEscapesTest extends HostTest {
    private static final String WORK = TestHost.COMMIT + "; ";

    /** anthropics/claude-code#62547: edits went to absolute paths in the primary clone, on the branch that was out there. */
    private static final String EDIT_PRIMARY_CLONE =
            "echo leaked > \"$ESPALIER_REPOSITORY/src/App.java\"; echo leaked > \"$ESPALIER_REPOSITORY/src/New.java\";";

    /**
     * anthropics/claude-code#77304 was not to be found; it is listed for agents that write outside their worktrees. In #55708
     * there, an agent switched the branch of the primary checkout.
     */
    private static final String SWITCH_PRIMARY_CHECKOUT =
            "git -C \"$ESPALIER_REPOSITORY\" switch -qc feat/some-branch;";

    /** anthropics/claude-code#83311: agents committed to each other's branches and stashed the user's own edits away. */
    private static final String COMMIT_ELSEWHERE_AND_STASH = "if test $ESPALIER_TASK = b; then sleep 1; else i=0;"
            + " until test -e ../project-wtb/b.txt -o $i = 50; do i=$((i+1)); sleep 0.02; done; echo a > ../project-wtb/of-a.txt; git -C ../project-wtb add of-a.txt;"
            + " git -C ../project-wtb commit -qm 'work of a'; git -C \"$ESPALIER_REPOSITORY\" stash -q; fi;";

    @BeforeEach
    void makeHost() {
        host.repository().write("src/Lib.java", "class Lib { /* the user's own edit */ }\n");
    }

    private RunEvent.CheckoutChanged told() {
        return host.events(RunEvent.CheckoutChanged.class).findFirst().orElseThrow();
    }

    private RunReport inSandbox(String script) {
        CheckoutFingerprint before = CheckoutFingerprint.of(host.repository().directory());

        RunReport report = host.builder(Sandboxes.shell(script + " true"))
                .branch("feature/{id}/work")
                .build()
                .run(List.of(task("a", "a.txt"), task("b", "b.txt")));

        assertThat(report.success()).as(report.toString()).isTrue();
        assertThat(CheckoutFingerprint.of(host.repository().directory())).isEqualTo(before);
        assertThat(host.events(RunEvent.CheckoutChanged.class)).isEmpty();
        return report;
    }

    @Test
    void editsOfThePrimaryCloneAreTold() {
        RunReport report = host.run(WORK + EDIT_PRIMARY_CLONE, task("a", "a.txt"));

        assertThat(report.success()).as(report.toString()).isTrue();
        assertThat(told().paths()).containsExactlyInAnyOrder("src/App.java", "src/New.java");
        assertThat(report.task("a").notes()).anySatisfy(note -> assertThat(note).contains("src/App.java"));
        assertThat(host.onTarget("src/App.java")).isEqualTo("class App {}");
        assertThat(host.repository().read("src/App.java")).isEqualTo("leaked\n");
    }

    @Test
    void editsOfThePrimaryCloneArePrevented() {
        inSandbox(WORK + EDIT_PRIMARY_CLONE);
    }

    @Test
    void aSwitchOfThePrimaryCheckoutIsTold() {
        RunReport report = host.run(WORK + SWITCH_PRIMARY_CHECKOUT, task("a", "a.txt"));

        assertThat(told().paths()).contains("HEAD");
        assertThat(report.task("a").notes()).anySatisfy(note -> assertThat(note).contains("HEAD"));
    }

    @Test
    void aSwitchOfThePrimaryCheckoutIsPrevented() {
        inSandbox(WORK + SWITCH_PRIMARY_CHECKOUT);
    }

    @Test
    void aStashOfTheUsersEditsIsTold() {
        host.run(WORK + COMMIT_ELSEWHERE_AND_STASH, task("a", "a.txt"), task("b", "b.txt"));

        assertThat(told().paths()).contains("src/Lib.java");
        assertThat(host.repository().git("stash", "show", "-p")).contains("the user's own edit");
    }

    @Test
    void commitsOnOthersBranchesAndStashesArePrevented() {
        RunReport report = inSandbox(WORK + COMMIT_ELSEWHERE_AND_STASH);

        assertThat(host.repository().git("stash", "list")).isEmpty();
        assertThat(host.repository().git("log", "--format=%s", TARGET)).doesNotContain("work of a");
        assertThat(host.repository()
                        .git(
                                "diff",
                                "--name-only",
                                report.task("b").base().orElseThrow(),
                                report.task("b").commit().orElseThrow()))
                .isEqualTo("b.txt");
    }
}
