package io.github.espalier.separator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;

/** What holds of every plan. The profile {@code properties} tries many more batches. */
@Tag("properties")
class PlanPropertiesTest {
    @Provide
    Arbitrary<List<Task>> batches() {
        return RandomBatches.ofUpTo(14);
    }

    @Provide
    Arbitrary<List<Task>> smallBatches() {
        return RandomBatches.ofUpTo(8);
    }

    private static Plan plan(List<Task> tasks, int places) {
        return Schedule.of(RandomBatches.separate(tasks)).plan(places);
    }

    private static boolean overlap(Plan.Entry one, Plan.Entry other) {
        return one.start().compareTo(other.end()) < 0 && other.start().compareTo(one.end()) < 0;
    }

    private static boolean isActiveAt(Plan.Entry entry, Duration time) {
        return entry.start().compareTo(time) <= 0 && time.compareTo(entry.end()) < 0;
    }

    @Property
    void letsNoTwoThatConflictOverlap(
            @ForAll("batches") List<Task> tasks, @ForAll @IntRange(min = 1, max = 5) int places) {
        Separation separation = RandomBatches.separate(tasks);
        List<Plan.Entry> entries = Schedule.of(separation).plan(places).entries();

        assertThat(entries).extracting(Plan.Entry::task).hasSameSizeAs(tasks).doesNotHaveDuplicates();
        for (Plan.Entry one : entries) {
            for (Plan.Entry other : entries) {
                if (!one.equals(other) && overlap(one, other)) {
                    assertThat(separation.areIndependent(one.task(), other.task()))
                            .isTrue();
                    assertThat(one.slot()).isNotEqualTo(other.slot());
                }
            }
            assertThat(one.slot()).isBetween(0, places - 1);
            assertThat(one.end().minus(one.start())).isEqualTo(one.effort().time());
        }
    }

    @Property
    void startsNothingBeforeWhatItDependsOnIsOver(
            @ForAll("batches") List<Task> tasks, @ForAll @IntRange(min = 1, max = 5) int places) {
        Plan plan = plan(tasks, places);

        for (Task task : tasks) {
            for (String dependency : task.dependsOn()) {
                assertThat(plan.entry(task.id()).orElseThrow().start())
                        .isGreaterThanOrEqualTo(
                                plan.entry(dependency).orElseThrow().end());
            }
        }
    }

    @Property
    void leavesNoPlaceEmptyWhileATaskCouldStart(
            @ForAll("batches") List<Task> tasks, @ForAll @IntRange(min = 1, max = 5) int places) {
        Separation separation = RandomBatches.separate(tasks);
        Plan plan = Schedule.of(separation).plan(places);

        times(plan).forEach(time -> assertFull(separation, plan, time));
    }

    private static void assertFull(Separation separation, Plan plan, Duration time) {
        List<Plan.Entry> active =
                plan.entries().stream().filter(entry -> isActiveAt(entry, time)).toList();
        assertThat(active).hasSizeLessThanOrEqualTo(plan.places());
        if (active.size() == plan.places()) {
            return;
        }
        for (Plan.Entry later : plan.entries()) {
            boolean mayStart = later.start().compareTo(time) > 0
                    && separation.task(later.task()).dependsOn().stream()
                            .allMatch(id -> plan.entry(id).orElseThrow().end().compareTo(time) <= 0);
            if (mayStart) {
                assertThat(active)
                        .as("%s could start at %s", later.task(), time)
                        .anyMatch(other -> !separation.areIndependent(later.task(), other.task()));
            }
        }
    }

    @Property
    void saysWhatEachTaskWaitsForUntilItStarts(
            @ForAll("batches") List<Task> tasks, @ForAll @IntRange(min = 1, max = 5) int places) {
        Separation separation = RandomBatches.separate(tasks);
        Plan plan = Schedule.of(separation).plan(places);

        for (Plan.Entry entry : plan.entries()) {
            assertThat(entry.waits().isEmpty()).isEqualTo(entry.start().isZero());
            for (Plan.Wait wait : entry.waits()) {
                Plan.Entry before = plan.entry(wait.task()).orElseThrow();
                assertThat(before.end()).isEqualTo(entry.start());
                if (wait instanceof Plan.Wait.Dependency) {
                    assertThat(separation.task(entry.task()).dependsOn()).contains(wait.task());
                } else if (wait instanceof Plan.Wait.Exclusion exclusion) {
                    assertThat(separation.conflict(entry.task(), wait.task())).contains(exclusion.conflict());
                } else {
                    assertThat(before.slot()).isEqualTo(entry.slot());
                }
            }
        }
        List<Plan.Entry> chain = plan.chain();
        assertThat(chain.isEmpty()).isEqualTo(tasks.isEmpty());
        if (!chain.isEmpty()) {
            assertThat(chain.get(0).start()).isZero();
            assertThat(chain.get(chain.size() - 1).end()).isEqualTo(plan.makespan());
        }
    }

    @Property
    void isTheSameEachTime(@ForAll("batches") List<Task> tasks, @ForAll @IntRange(min = 1, max = 5) int places) {
        assertThat(plan(tasks, places)).isEqualTo(plan(List.copyOf(tasks), places));
    }

    @Property
    void isWhatTheLiveScheduleDoesAtEachEnd(
            @ForAll("batches") List<Task> tasks, @ForAll @IntRange(min = 1, max = 5) int places) {
        Separation separation = RandomBatches.separate(tasks);
        Schedule schedule = Schedule.of(separation);
        PlainListSchedule plain = new PlainListSchedule(separation);
        Plan plan = schedule.plan(places);

        for (Duration time : times(plan)) {
            Progress progress = progress(plan, time);
            Set<String> starting = plan.entries().stream()
                    .filter(entry -> entry.start().equals(time))
                    .map(Plan.Entry::task)
                    .collect(Collectors.toSet());
            assertThat(schedule.next(progress, places - progress.active().size()))
                    .extracting(Task::id)
                    .containsExactlyInAnyOrderElementsOf(starting)
                    .containsExactlyElementsOf(
                            plain.next(progress, places - progress.active().size()));
        }
    }

    private static Set<Duration> times(Plan plan) {
        Set<Duration> times = new TreeSet<>();
        plan.entries().forEach(entry -> times.addAll(List.of(entry.start(), entry.end())));
        return times;
    }

    /** When all that ends at a time has ended, and nothing has started yet. */
    private static Progress progress(Plan plan, Duration time) {
        Set<String> active = new HashSet<>();
        Set<String> landed = new HashSet<>();
        for (Plan.Entry entry : plan.entries()) {
            if (entry.end().compareTo(time) <= 0) {
                landed.add(entry.task());
            } else if (entry.start().compareTo(time) < 0) {
                active.add(entry.task());
            }
        }
        return new Progress(active, landed, Set.of());
    }

    @Property
    void goesOnAsPlannedWhereAllGoesAsPlanned(
            @ForAll("batches") List<Task> tasks,
            @ForAll @IntRange(min = 1, max = 5) int places,
            @ForAll @IntRange(min = 0, max = 120) int minutes) {
        Schedule schedule = Schedule.of(RandomBatches.separate(tasks));
        Plan plan = schedule.plan(places);
        Duration now = Duration.ofMinutes(minutes);
        Map<String, Underway> underway = plan.entries().stream()
                .filter(entry -> entry.start().compareTo(now) < 0 && now.compareTo(entry.end()) < 0)
                .collect(Collectors.toMap(Plan.Entry::task, entry -> new Underway(now.minus(entry.start()), true)));
        Plan rest = schedule.plan(progress(plan, now), underway, places);

        assertThat(rest.entries().stream().map(entry -> moved(entry, now)))
                .containsExactlyInAnyOrderElementsOf(plan.entries().stream()
                        .filter(entry -> now.compareTo(entry.end()) < 0)
                        .map(entry -> moved(entry, Duration.ZERO))
                        .toList());
        assertThat(rest.bound().time()).isLessThanOrEqualTo(rest.makespan());
    }

    private static String moved(Plan.Entry entry, Duration by) {
        return entry.task() + " " + entry.start().plus(by) + " " + entry.end().plus(by);
    }

    @Property
    void keepsTheBoundOfListScheduling(
            @ForAll("batches") List<Task> tasks, @ForAll @IntRange(min = 1, max = 5) int places) {
        Separation separation = RandomBatches.separate(tasks);
        Plan plan = Schedule.of(separation).plan(places);
        Set<String> counted = new HashSet<>();
        List<String> last =
                plan.entries().stream().max(Comparator.comparing(Plan.Entry::end)).map(Plan.Entry::task).stream()
                        .toList();
        while (!last.isEmpty()) {
            String task = last.get(0);
            counted.add(task);
            separation
                    .conflictsOf(task)
                    .forEach(conflict -> counted.addAll(List.of(conflict.first(), conflict.second())));
            last = separation.task(task).dependsOn().stream()
                    .max(Comparator.comparing(id -> plan.entry(id).orElseThrow().end()))
                    .stream()
                    .toList();
        }
        long work =
                plan.entries().stream().mapToLong(PlanPropertiesTest::effort).sum();
        long chain = plan.entries().stream()
                .filter(entry -> counted.contains(entry.task()))
                .mapToLong(PlanPropertiesTest::effort)
                .sum();

        assertThat(plan.makespan().toMillis() * places).isLessThanOrEqualTo(work + (places - 1) * chain);
        assertThat(plan.bound().time()).isLessThanOrEqualTo(plan.makespan());
        assertThat(plan.ratio()).isGreaterThanOrEqualTo(1);
    }

    private static long effort(Plan.Entry entry) {
        return entry.effort().time().toMillis();
    }

    @Property
    void isNearTheShortestThereIs(
            @ForAll("smallBatches") List<Task> tasks, @ForAll @IntRange(min = 1, max = 4) int places) {
        Separation separation = RandomBatches.separate(tasks);
        Plan plan = Schedule.of(separation).plan(places);
        Duration shortest = ShortestPlan.of(separation, plan);

        assertThat(shortest).isBetween(plan.bound().time(), plan.makespan());
        assertThat(plan.makespan()).isLessThanOrEqualTo(shortest.multipliedBy(places));
        Statistics.label("makespan by the shortest")
                .collect(ratio(plan.makespan(), shortest))
                .coverage(coverage -> coverage.check("1.0").percentage(share -> share > 60));
    }

    private static String ratio(Duration one, Duration other) {
        return other.isZero() ? "1.0" : String.valueOf(Math.ceil(10.0 * one.toMillis() / other.toMillis() - 1e-9) / 10);
    }
}
