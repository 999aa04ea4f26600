package io.github.espalier.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.espalier.worktree.TestRepository;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProbeCommandTest {
    @TempDir
    static Path folder;

    private static CliHost host;

    @BeforeAll
    static void makeBranches() {
        host = CliHost.in(folder);
        host.branch("ours", "src/App.java", "class App { int ours; }\n");
        host.branch("ours", "new.txt", "ours\n");
        host.branch("team/theirs", "src/App.java", "class App { int theirs; }\n");
        host.branch("team/theirs", "new.txt", "theirs\n");
        host.branch("apart", "src/Lib.java", "class Lib { int apart; }\n");
        // A tag of a branch's name is not the branch.
        host.repository().git("tag", "apart", "ours");
    }

    @Test
    void showsAMatrixAndEachPairInConflict() {
        assertThat(probe("ours", "apart", "team/theirs").ended(1).out()).isEqualTo("""
                                 1  2  3
                  1  ours
                  2  apart       .
                  3  team/theirs 2  .
                1 of 3 pairs conflict
                  ours and team/theirs: add/add new.txt; content src/App.java
                """);
    }

    @Test
    void endsWithZeroWhereNoPairConflicts() {
        assertThat(probe("ours", "apart", "ours").ended(0).out()).endsWith("0 of 1 pairs conflict\n");
    }

    @Test
    void printsJson() {
        CliHost.Outcome outcome =
                probe("ours", "apart", "team/theirs", "--json").ended(1);

        assertThat(outcome.json()).isEqualTo(CliHost.json("""
                {"branches": ["ours", "apart", "team/theirs"],
                 "pairs": [
                  {"a": "ours", "b": "apart", "conflicts": []},
                  {"a": "ours", "b": "team/theirs", "conflicts": [
                    {"path": "new.txt", "kind": "add/add"}, {"path": "src/App.java", "kind": "content"}]},
                  {"a": "apart", "b": "team/theirs", "conflicts": []}]}"""));
    }

    @Test
    void movesNothing() {
        host.assertMovesNothing(() -> probe("ours", "apart", "team/theirs").ended(1));
    }

    /** The JVM ends at once: nothing can be put off. */
    @Test
    void leavesNoTemporaryFolder() {
        probe("ours", "apart", "team/theirs").ended(1);

        assertThat(host.roomsOfMerges()).isEmpty();
    }

    @Test
    void probesABareRepository() {
        Path bare = host.bareClone("bare.git");

        assertThat(CliHost.elsewhere("probe", "--repo", bare.toString(), "ours", "team/theirs")
                        .ended(1)
                        .out())
                .contains("1 of 1 pairs conflict");
        assertThat(TestRepository.at(bare).git("for-each-ref", "refs/espalier")).isEmpty();
    }

    @Test
    void refusesWhatIsNoPairOfBranches() {
        assertThat(probe().misuse()).isEqualTo("Missing required parameter: 'BRANCH'; see 'espalier probe --help'");
        assertThat(probe("ours", "ours").misuse())
                .isEqualTo("one branch alone conflicts with nothing; name at least two");
        assertThat(probe("ours", "HEAD").misuse())
                .isEqualTo("branch HEAD: there is none of this name; git branch lists those there are");
    }

    private static CliHost.Outcome probe(String... branches) {
        return host.here("probe", branches);
    }
}
