package io.github.espalier.examples.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class QueueReportTest {
    @Test
    void knowsHowManyVerificationsABisectionMayCost() {
        assertThat(new QueueLoad(12, 2, Duration.ZERO).bound()).isEqualTo(12 + 2 * 4 + 2);
        assertThat(new QueueLoad(8, 1, Duration.ZERO).bound()).isEqualTo(8 + 3 + 1);
        assertThat(new QueueLoad(1, 1, Duration.ZERO).bound()).isEqualTo(2);
    }

    @Test
    void spreadsRedBranchesEvenly() {
        assertThat(new QueueLoad(12, 2, Duration.ZERO).redOnes()).containsExactlyInAnyOrder(4, 10);
        assertThat(new QueueLoad(3, 3, Duration.ZERO).redOnes()).containsExactlyInAnyOrder(1, 2, 3);
        assertThat(new QueueLoad(3, 0, Duration.ZERO).redOnes()).isEmpty();
    }

    @Test
    @Tag("benchmarks")
    void landsWhatIsGreenByEveryQueue() {
        QueueReport report = QueueReport.measure(new QueueLoad(3, 1, Duration.ZERO), 1);

        assertThat(report.good()).as(report.table()).isTrue();
        assertThat(report.table()).contains("serial", "side by side", "batch", "never");
        JsonNode queues = report.json().get("queues");
        assertThat(queues).hasSize(3).allSatisfy(queue -> {
            assertThat(queue.get("redTip").booleanValue()).isFalse();
            assertThat(queue.get("mostVerifications").intValue()).isBetween(2, 6);
            assertThat(queue.get("seconds")).hasSize(1);
        });
        assertThat(queues.get(0).get("ratio").doubleValue()).isEqualTo(1);
        assertThat(queues.get(0).get("mostMoves").intValue()).isEqualTo(2);
    }
}
