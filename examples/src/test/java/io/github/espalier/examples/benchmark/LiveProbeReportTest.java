package io.github.espalier.examples.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class LiveProbeReportTest {
    @Test
    @Tag("benchmarks")
    void mergesEachWithEachOtherAsGitDoes() {
        LiveProbeReport report = LiveProbeReport.measure(4, 100, 2);

        assertThat(report.good()).as(report.table()).isTrue();
        JsonNode json = report.json();
        assertThat(json.get("merges").intValue()).isEqualTo(6);
        assertThat(json.get("conflicts").intValue()).isEqualTo(2);
        assertThat(json.get("sides"))
                .hasSize(2)
                .allSatisfy(side -> assertThat(side.get("seconds")).hasSize(2));
        assertThat(json.at("/looks/firstSnapshotsSeconds")).hasSize(1);
        assertThat(json.at("/looks/snapshotsSeconds")).hasSize(2);
        assertThat(json.at("/looks/seconds")).hasSize(2);
        assertThat(report.table()).contains("MergeSession", "git merge-tree", "a whole look");
    }
}
