package io.github.espalier.separator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.espalier.separator.EffortEstimate.Past;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LearnedEffortsTest {
    private static final List<Past> PAST = List.of(
            past("p1", "Teach the parser quotes", 10),
            past("p2", "Teach the parser comments", 20),
            past("p3", "Teach the parser line breaks", 90),
            past("d1", "Translate the guide", 200),
            past("d2", "Translate the release notes", 240));

    private static Past past(String id, String title, int minutes) {
        return new Past(titled(id, title), Duration.ofMinutes(minutes));
    }

    private static Task titled(String id, String title) {
        return Task.builder(id).title(title).build();
    }

    @Test
    void takesTheMedianOfTheTasksThatReadAlike() {
        Effort effort = EffortEstimate.learned(PAST).of(titled("new", "Teach the parser escapes"));

        assertThat(effort.source()).isEqualTo(Effort.Source.LEARNED);
        assertThat(effort.like()).contains("p1", "p2", "p3");
        assertThat(effort.time()).isEqualTo(Duration.ofMinutes(20));
        assertThat(effort.describe()).startsWith("20m, as tasks like p");
    }

    @Test
    void findsTasksAlikeByTheFilesTheyDeclare() {
        Past past =
                new Past(Task.builder("old").declare("src/LandingQueue.java").build(), Duration.ofMinutes(7));
        Task task = Task.builder("new").title("Mend the landing queue").build();

        assertThat(EffortEstimate.learned(List.of(past, PAST.get(0))).of(task).like())
                .first()
                .isEqualTo("old");
    }

    @Test
    void takesTheMedianOfAllWhereNoneIsAlike() {
        Effort effort = EffortEstimate.learned(PAST).of(titled("new", "Quaff"));

        assertThat(effort).isEqualTo(new Effort(Duration.ofMinutes(90), Effort.Source.LEARNED, List.of()));
    }

    @Test
    void believesTheTaskFirstAndKnowsNothingWithoutAPast() {
        Task declared = Task.builder("new")
                .title("Teach the parser escapes")
                .effort(Duration.ofMinutes(3))
                .build();

        assertThat(EffortEstimate.learned(PAST).of(declared).source()).isEqualTo(Effort.Source.DECLARED);
        assertThat(EffortEstimate.learned(List.of()).of(titled("new", "")).source())
                .isEqualTo(Effort.Source.DEFAULT);
        assertThat(EffortEstimate.declared().of(titled("new", "")).time()).isEqualTo(Effort.DEFAULT);
    }
}
