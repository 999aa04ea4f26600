package io.github.espalier.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code land}: branches that exist already, with real git. */
class LandCommandTest extends CliTest {
    @BeforeEach
    void makeBranches() {
        host.branch("one", "one.txt", "1\n");
        host.branch("team/two", "two.txt", "2\n");
    }

    @Test
    void landsBranchesInTheOrderGivenAndLeavesThem() {
        String branches =
                host.repository().git("branch", "--list", "one", "team/*", "--format=%(refname) %(objectname)");

        CliHost.Outcome outcome = host.land("team/two", "one").ended(0);

        assertThat(outcome.out())
                .contains("2 of 2 landed on roadmap in ")
                .containsPattern("(?m)^\\d\\d:\\d\\d:\\d\\d team/two: landed as [0-9a-f]{40}$")
                .containsPattern("(?m)^  work      " + host.repository().resolve("one") + "$");
        assertThat(subjects()).containsExactly("Land one", "Land team/two");
        assertThat(host.onTarget("one.txt")).isEqualTo("1");
        assertThat(host.onTarget("two.txt")).isEqualTo("2");
        assertThat(host.repository().git("branch", "--list", "one", "team/*", "--format=%(refname) %(objectname)"))
                .isEqualTo(branches);
        assertThat(host.repository().git("worktree", "list").lines()).hasSize(1);
        assertThat(host.repository().git("for-each-ref", "refs/espalier/")).isEmpty();
    }

    @Test
    void landsByAStrategyAndWritesAReport() {
        host.branch("one", "more.txt", "more\n");
        Path file = folder.resolve("report.json");

        host.land("one", "--strategy", "squash", "--report", file.toString()).ended(0);

        assertThat(subjects()).containsExactly("Land one");
        assertThat(host.onTarget("more.txt")).isEqualTo("more");
        JsonNode report = CliHost.json(file);
        assertThat(report.get("success").booleanValue()).isTrue();
        assertThat(report.at("/tasks/0/id").asText()).isEqualTo("one");
        assertThat(report.at("/tasks/0/outcome").asText()).isEqualTo("Landed");
        assertThat(report.at("/tasks/0/commit").asText())
                .isEqualTo(host.repository().resolve("one"));
        assertThat(report.at("/tasks/0/landed").asText())
                .isEqualTo(host.repository().resolve(CliHost.TARGET));
        assertThat(report.at("/tasks/0/worktree").isNull()).isTrue();
    }

    @Test
    void landsFirstWhatTheFewestOthersTouch() {
        host.branch("wide", "one.txt", "1\n");
        host.branch("wide", "two.txt", "2\n");
        host.branch("apart", "apart.txt", "a\n");

        host.land("wide", "one", "team/two", "apart", "--order", "risk").ended(0);

        assertThat(subjects()).containsExactly("Land team/two", "Land wide", "Land one", "Land apart");
    }

    @Test
    void verifiesABatchOnce() {
        Path count = folder.resolve("count");
        String check = host.file("check.sh", "echo x >> '" + count + "'; test -f one.txt && test -f two.txt\n");

        CliHost.Outcome outcome = host.land("one", "team/two", "--batch", "2", "--verify", "sh " + check)
                .ended(0);

        assertThat(outcome.out()).contains("verification passed", "2 of 2 landed");
        assertThat(count).hasContent("x");
        assertThat(host.repository().git("worktree", "list").lines()).hasSize(1);
    }

    @Test
    void landsTheOthersWhereOneDoesNotPass() {
        host.branch("red", "red.txt", "red\n");
        String check = host.file("check.sh", "test ! -e red.txt || { echo it is red; exit 1; }\n");

        CliHost.Outcome outcome = host.land(
                        "one", "red", "team/two", "--verify", "sh " + check, "--batch", "3", "--verifications", "1")
                .ended(1);

        assertThat(outcome.out())
                .contains("2 of 3 landed on roadmap")
                .containsPattern(
                        "(?m)^  next      read the log of the verification, mend the branch and land it again$");
        assertThat(subjects()).containsExactlyInAnyOrder("Land one", "Land team/two");
    }

    @Test
    void tellsOfAConflict() {
        host.branch("other", "one.txt", "other\n");

        CliHost.Outcome outcome = host.land("one", "other").ended(1);

        assertThat(outcome.out())
                .contains("1 of 2 landed on roadmap")
                .containsPattern("(?m)^  conflict  one.txt \\(")
                .containsPattern("(?m)^  next      merge the target into the branch, resolve, and land it again$");
        assertThat(host.onTarget("one.txt")).isEqualTo("1");
    }

    @Test
    void tellsOfABranchThatHoldsNothingNew() {
        host.land("one").ended(0);

        assertThat(host.land("one").ended(1).out())
                .containsPattern("(?m)^  next      the target holds all of it already$");
        assertThat(subjects()).containsExactly("Land one");
    }

    private List<String> subjects() {
        return host.repository()
                .git("log", "--first-parent", "--format=%s", "main.." + CliHost.TARGET)
                .lines()
                .toList();
    }
}
