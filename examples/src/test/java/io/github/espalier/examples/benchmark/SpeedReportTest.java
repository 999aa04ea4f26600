package io.github.espalier.examples.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SpeedReportTest {
    @Test
    void measuresEachThingBesideGit() {
        SpeedReport report = SpeedReport.measure(200, 1);

        assertThat(report.json().get("speeds"))
                .hasSize(7)
                .allSatisfy(
                        speed -> assertThat(speed.get("ratio").doubleValue()).isPositive());
        assertThat(report.table().lines()).hasSize(7);
        assertThat(report.table()).contains("pooled: add at the same base", " of git worktree remove");
    }
}
