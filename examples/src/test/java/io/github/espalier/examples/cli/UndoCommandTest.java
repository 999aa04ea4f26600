package io.github.espalier.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code undo}, with ids as {@code status} lists them. */
class UndoCommandTest extends CliTest {
    @BeforeEach
    void landBranches() {
        host.branch("one", "src/App.java", "class App { int one; }\n");
        host.branch("team/two", "two.txt", "2\n");
        host.land("one", "team/two").ended(0);
    }

    @Test
    void revertsALandingThatStatusLists() {
        String landed = host.repository().resolve(CliHost.TARGET);
        String id = id("one");

        String out = undo(id).ended(0).out();

        String tip = host.repository().resolve(CliHost.TARGET);
        assertThat(out).isEqualTo(id + ": undone: the target is at " + tip + "\n");
        assertThat(host.repository().resolve(CliHost.TARGET + "^")).isEqualTo(landed);
        assertThat(host.onTarget("src/App.java")).isEqualTo("class App {}");
        assertThat(host.onTarget("two.txt")).isEqualTo("2");
        assertThat(undo(id).ended(1).out()).isEqualTo(id + ": not undone: nothing of it is left on roadmap\n");
        assertThat(host.repository().resolve(CliHost.TARGET)).isEqualTo(tip);
        assertThat(host.espalier("status", "--repo", host.project()).ended(0).out())
                .contains("Runs: 1\n", "Undos: 2\n  " + id + "  on roadmap  ")
                .containsPattern("  \\S+Z  not undone: nothing of it is left on roadmap\n" + "  " + id
                        + "  on roadmap  \\S+Z  undone: the target is at " + tip + "\n");
    }

    @Test
    void movesTheTargetBackOnlyFromItsLastLanding() {
        String first = host.repository().resolve(CliHost.TARGET + "^");
        String tip = host.repository().resolve(CliHost.TARGET);

        assertThat(undo(id("one"), "--move-back").ended(1).out())
                .contains(": not undone: commits came after it, up to " + tip + "; revert it instead");
        undo(id("team/two"), "--move-back").ended(0);

        assertThat(host.repository().resolve(CliHost.TARGET)).isEqualTo(first);
        assertThat(host.repository().git("for-each-ref", "--format=%(objectname)", "refs/espalier/undone/"))
                .isEqualTo(tip);
    }

    @Test
    void changesNothingWhereItConflictsOrDoesNotPass() {
        host.branch(CliHost.TARGET, "src/App.java", "class App { int more; }\n");
        String check = host.file("check.sh", "test -e two.txt\n");
        String refs = host.repository().git("for-each-ref");

        assertThat(undo(id("one")).ended(1).out()).endsWith(": not undone: conflicted: src/App.java\n");
        assertThat(undo(id("team/two"), "--verify", "sh " + check).ended(1).out())
                .contains(": not undone: verification failed: ");

        assertThat(host.repository().git("for-each-ref")).isEqualTo(refs);
        assertThat(host.repository().git("worktree", "list").lines()).hasSize(1);
    }

    @Test
    void refusesWhatIsNoLanding() {
        assertThat(undo("one").misuse())
                .isEqualTo("one: no landing of this name is recorded; espalier status lists those there are");
        assertThat(undo(host.repository().resolve("main")).misuse()).contains(": no landing of this name is recorded");
        assertThat(undo().misuse()).isEqualTo("Missing required parameter: 'ID'; see 'espalier undo --help'");
        assertThat(undo(id("one"), "--verify", "").misuse())
                .isEqualTo("--verify is empty; give a program and its arguments");
    }

    private CliHost.Outcome undo(String... more) {
        return host.here("undo", more);
    }

    /** The id of a branch's landing, as a user finds it. */
    private String id(String branch) {
        String status = host.here("status").ended(0).out();
        Matcher line = Pattern.compile(
                        "(?m)^  (\\S+)  " + Pattern.quote(branch) + "  on roadmap as [0-9a-f]{40}  \\S+Z$")
                .matcher(status);
        assertThat(line.find()).as(status).isTrue();
        return line.group(1);
    }
}
