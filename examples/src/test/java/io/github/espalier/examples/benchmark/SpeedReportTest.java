package io.github.espalier.examples.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.espalier.examples.support.ScratchFolder;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SpeedReportTest {
    @Test
    @Tag("benchmarks")
    void measuresWorktreesBesideGit() throws Exception {
        List<SpeedLine> lines = SpeedReport.measure(SpeedReport.Part.WORKTREES, Optional.empty(), 200, 1);
        SpeedReport report = SpeedReport.of(lines);

        assertThat(report.json().get("speeds"))
                .hasSize(9)
                .allSatisfy(
                        speed -> assertThat(speed.get("ratio").doubleValue()).isPositive());
        assertThat(report.table().lines()).hasSize(9);
        assertThat(report.table())
                .contains("a pool's add, at the same base", "removeLater", " of git worktree remove", "at most 0.1");
    }

    @Test
    @Tag("benchmarks")
    void measuresTheWayToTheNextAgentOnACopyOfARepository() throws Exception {
        try (ScratchFolder scratch = ScratchFolder.create("espalier-test-")) {
            SpeedProject original = SpeedProject.generated(scratch.path().resolve("original"), 200);
            for (int i = 0; i < 20; i++) {
                original.git().run("checkout", "-q", "main");
                original.git().commitAll("empty " + i);
            }
            String before = original.git().run("for-each-ref");

            List<SpeedLine> lines = SpeedReport.measure(
                    SpeedReport.Part.LANDING,
                    Optional.of(original.git().directory().toString()),
                    0,
                    1);

            assertThat(lines)
                    .hasSize(6)
                    .allSatisfy(line -> assertThat(line.ratio().orElseThrow()).isPositive());
            assertThat(original.git().run("for-each-ref")).isEqualTo(before);
        }
    }

    @Test
    @Tag("benchmarks")
    void tellsHowCostsGrow() {
        assertThat(Growth.branches(List.of(1, 30), 1)).hasSize(2);
        assertThat(Growth.worktrees(List.of(1, 3), 1))
                .last()
                .satisfies(line -> assertThat(line.beside()).isEqualTo("1 worktrees"));
        assertThat(Growth.tasks(List.of(2))).hasSize(2);
    }

    @Test
    @Tag("benchmarks")
    void triesWaysToMakeAWorktree() throws Exception {
        List<SpeedLine> lines = CreationSpeed.measure(List.of(101), 1);

        assertThat(lines)
                .extracting(SpeedLine::what)
                .contains("101 files: checkout.workers=4", "101 files: a sibling copied, git status");
    }

    @Test
    void saysWhichLimitIsMissed() {
        SpeedLine line = SpeedLine.of("it", 2, "s").beside("that", 1.2);

        assertThat(line.atMost(1.3).good()).isTrue();
        assertThat(line.atMost(1.1).row()).contains("at most 1.1, MISSED");
        assertThat(line.atLeast(1.3).good()).isFalse();
        assertThat(SpeedLine.of("it", 2, "s").atMost(3).json().get("good").booleanValue())
                .isTrue();
    }

    @Test
    void takesOnlyPartsThatThereAre() {
        assertThatThrownBy(() -> SpeedReport.Part.of(Optional.of("landings")))
                .hasMessage("--part landings: give one of worktrees, landing, runs, idle, growth, files, creation");
        assertThat(SpeedReport.Part.of(Optional.empty())).doesNotContain(SpeedReport.Part.GROWTH);
    }
}
