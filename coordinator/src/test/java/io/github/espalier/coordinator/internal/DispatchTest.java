package io.github.espalier.coordinator.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.espalier.coordinator.InstanceEnd;
import io.github.espalier.coordinator.TaskOutcome;
import io.github.espalier.coordinator.WaitReason;
import io.github.espalier.resources.Admission;
import io.github.espalier.resources.ResourceMonitor;
import io.github.espalier.separator.EffortEstimate;
import io.github.espalier.separator.ProjectTree;
import io.github.espalier.separator.Task;
import io.github.espalier.separator.TaskSeparator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One agent is at work, another has ended, and what waits for its work is the head of a chain. */
class DispatchTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final ResourceMonitor RESOURCES = ResourceMonitor.unlimited();

    private final List<Task> tasks = Stream.of(
                    task("running", "r"),
                    task("ended", "hub"),
                    task("next", "hub"),
                    task("after", "x").dependsOn("next"),
                    task("filler", "f"))
            .map(Task.Builder::build)
            .toList();
    private final Map<String, TaskState> states =
            tasks.stream().map(TaskState::new).collect(Collectors.toMap(state -> state.task.id(), Function.identity()));

    DispatchTest() {
        begin("running").phase = TaskState.Phase.RUNNING;
        begin("ended").phase = TaskState.Phase.LANDING;
        state("ended").ended(new InstanceEnd.Exited(0), NOW);
    }

    private static Task.Builder task(String id, String file) {
        return Task.builder(id).declare(file).effort(Duration.ofHours(1));
    }

    private TaskState begin(String id) {
        state(id).begin(NOW, ((Admission.Granted) RESOURCES.admit()).reservation());
        return state(id);
    }

    private TaskState state(String id) {
        return states.get(id);
    }

    private Dispatch dispatch(boolean landsAtOnce) {
        return new Dispatch(
                TaskSeparator.of(ProjectTree.empty()).separate(tasks),
                EffortEstimate.declared(),
                RESOURCES,
                2,
                landsAtOnce);
    }

    @Test
    void keepsAPlaceForWhatWaitsForALandingAndSaysSo() {
        Dispatch dispatch = dispatch(true);

        Dispatch.Decision before = dispatch.decide(states.values(), NOW);
        state("ended").outcome = new TaskOutcome.Landed("1".repeat(40), "2".repeat(40));
        Dispatch.Decision after = dispatch.decide(states.values(), NOW);

        assertThat(before.starts()).isEmpty();
        assertThat(before.waits().get("filler").kind()).isEqualTo(WaitReason.Kind.BACKLOG);
        assertThat(before.waits().get("next").kind()).isEqualTo(WaitReason.Kind.CONFLICT);
        assertThat(after.starts()).containsOnlyKeys("next");
        assertThat(after.waits().get("filler").kind()).isEqualTo(WaitReason.Kind.SLOT);
    }

    @Test
    void fillsThePlaceWhereLandingsTakeLong() {
        Dispatch dispatch = dispatch(true);
        dispatch.landed(Duration.ofHours(2));

        assertThat(dispatch.decide(states.values(), NOW).starts()).containsOnlyKeys("filler");
    }

    @Test
    void fillsThePlaceWhereItIsNotKnownYetHowLongAVerifiedLandingTakes() {
        assertThat(dispatch(false).decide(states.values(), NOW).starts()).containsOnlyKeys("filler");
    }
}
