package io.github.espalier.separator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlanTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private static Task task(String id, Duration effort, String... files) {
        return Task.builder(id).declare(files).effort(effort).build();
    }

    private static Separation separate(Task... tasks) {
        return RandomBatches.separate(List.of(tasks));
    }

    @Test
    void saysWhichPathBoundsItAndWhichTasksMakeItLong() {
        Plan plan = Schedule.of(separate(
                        task("a", HOUR, "src/Hub.java"), task("b", HOUR, "src/hub.java"), task("c", HOUR, "c.txt")))
                .plan(2);

        assertThat(plan.makespan()).isEqualTo(HOUR.multipliedBy(2));
        assertThat(plan.bound().contention()).isEqualTo(HOUR.multipliedBy(2));
        assertThat(plan.bound().path()).contains("src/Hub.java");
        assertThat(plan.ratio()).isEqualTo(1);
        assertThat(plan.chain()).extracting(Plan.Entry::task).containsExactly("a", "b");
    }

    @Test
    void countsWhatRunsAloneIntoEveryBound() {
        Plan plan = Schedule.of(separate(
                        Task.builder("vague").effort(HOUR).build(), task("a", HOUR, "a"), task("b", HOUR, "b")))
                .plan(4);

        assertThat(plan.bound().time()).isEqualTo(HOUR.multipliedBy(2)).isEqualTo(plan.makespan());
    }

    @Test
    void takesALateTaskToNeedAQuarterMore() {
        Plan plan = Schedule.of(separate(task("a", HOUR, "a"), task("b", HOUR, "a")))
                .plan(
                        new Progress(Set.of("a"), Set.of(), Set.of()),
                        Map.of("a", new Underway(HOUR.multipliedBy(2), true)),
                        2);

        assertThat(plan.entry("a").orElseThrow().start()).isEqualTo(HOUR.multipliedBy(-2));
        assertThat(plan.entry("a").orElseThrow().end()).isEqualTo(HOUR.dividedBy(2));
        assertThat(plan.entry("b").orElseThrow().start()).isEqualTo(HOUR.dividedBy(2));
    }

    @Test
    void namesWhatCannotStartAnyMore() {
        Task after = Task.builder("after").declare("b").dependsOn("a").build();
        Task last = Task.builder("last").declare("c").dependsOn("after").build();
        Plan plan = Schedule.of(separate(task("a", HOUR, "a"), after, last))
                .plan(new Progress(Set.of(), Set.of(), Set.of("a")), Map.of(), 2);

        assertThat(plan.never()).containsExactly("after", "last");
        assertThat(plan.entries()).isEmpty();
        assertThat(plan.makespan()).isZero();
        assertThat(plan.ratio()).isEqualTo(1);
    }

    @Test
    void letsOthersWaitForWhatATaskTouchesBesides() {
        Separation before = separate(task("a", HOUR, "a"), task("b", HOUR, "src/b"), task("c", HOUR, "src/"));
        Separation after = before.exceeding("a", List.of("src/b", "a"));

        assertThat(before.areIndependent("a", "b")).isTrue();
        assertThat(after.conflict("a", "b").orElseThrow().reasons())
                .containsExactly(new ConflictReason.SamePath("src/b"));
        assertThat(after.areIndependent("a", "c")).isFalse();
        assertThat(after.footprint("a").paths()).containsExactly("a", "src/b");
        assertThat(after.exceeding("a", List.of("src/b"))).isSameAs(after);
    }

    @Test
    void leavesAnUnknownFootprintUnknown() {
        Separation separation = separate(Task.builder("vague").build(), task("b", HOUR, "b"));

        assertThat(separation.exceeding("vague", List.of("x"))).isSameAs(separation);
    }

    @Test
    void refusesToPlanWithoutAPlace() {
        Schedule schedule = Schedule.of(separate(task("a", HOUR, "a")));

        assertThatThrownBy(() -> schedule.plan(0)).hasMessage("no plan with 0 places; at least one is needed");
    }

    @Test
    void isWithinAHundredthOfTheBoundWhereConflictsAreSparse() {
        Random random = new Random(4711);
        List<Task> tasks = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            Task.Builder task = Task.builder("t" + i).effort(Duration.ofMinutes(5 + random.nextInt(56)));
            for (int path = 0; path < 5; path++) {
                task.declare("src/m" + random.nextInt(20) + "/F" + random.nextInt(2_000) + ".java");
            }
            tasks.add(task.build());
        }

        assertThat(Schedule.of(RandomBatches.separate(tasks)).plan(64).ratio()).isBetween(1.0, 1.01);
    }
}
