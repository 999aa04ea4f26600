package io.github.espalier.examples.view;

import static io.github.espalier.examples.view.Statuses.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.espalier.coordinator.RunEvent;
import io.github.espalier.coordinator.TaskOutcome;
import io.github.espalier.coordinator.TaskStatus;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventStatusesTest {
    private final EventStatuses statuses = new EventStatuses();

    @BeforeEach
    void begin() {
        assertThat(statuses.list()).isEmpty();
        statuses.onEvent(new RunEvent.RunStarted(START, "run", List.of("b", "a")));
    }

    @Test
    void beginsWithBranchesThatWaitInTheOrderGiven() {
        assertThat(statuses.list()).extracting(TaskStatus::id).containsExactly("b", "a");
        assertThat(statuses.list()).allSatisfy(status -> {
            assertThat(status.state()).isEqualTo(TaskStatus.State.PENDING);
            assertThat(status.phase()).isEqualTo("waiting");
            assertThat(status.startedAt()).isEmpty();
        });
    }

    @Test
    void tellsWhatLastHappenedToABranchThatLands() {
        statuses.onEvent(new RunEvent.LandingStarted(START.plusSeconds(1), "a", "0123456789abcdef"));
        statuses.onEvent(new RunEvent.VerificationStarted(START.plusSeconds(2), "a", "fedcba9876543210"));

        TaskStatus status = statuses.list().get(1);
        assertThat(status.state()).isEqualTo(TaskStatus.State.RUNNING);
        assertThat(status.phase()).isEqualTo("landing");
        assertThat(status.startedAt()).contains(START.plusSeconds(1));
        assertThat(status.lastLine()).contains("verifies fedcba9876");
    }

    @Test
    void endsWithTheOutcome() {
        statuses.onEvent(new RunEvent.LandingStarted(START, "a", "0123456789abcdef"));
        statuses.onEvent(new RunEvent.TaskFinished(START, "a", new TaskOutcome.Landed("c0ffee", "tree")));
        statuses.onEvent(new RunEvent.TaskFinished(START, "b", new TaskOutcome.Cancelled()));

        assertThat(statuses.list())
                .extracting(TaskStatus::state)
                .containsExactly(TaskStatus.State.FAILED, TaskStatus.State.COMPLETED);
        assertThat(statuses.list().get(1).outcome()).contains(new TaskOutcome.Landed("c0ffee", "tree"));
    }

    @Test
    void takesNoteOfNoOthersThanThoseThatItBeganWith() {
        statuses.onEvent(new RunEvent.LandingStarted(START, "stranger", "0123456789abcdef"));

        assertThat(statuses.list()).extracting(TaskStatus::id).containsExactly("b", "a");
    }
}
