package io.github.espalier.separator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What holds of every step of every schedule. */
class SchedulePropertiesTest {
    @Provide
    Arbitrary<List<Task>> batches() {
        Arbitrary<Integer> size = Arbitraries.integers().between(0, 12);
        return size.flatMap(n -> Arbitraries.randomValue(random -> batch(n, random)));
    }

    private static List<Task> batch(int size, Random random) {
        List<Task> tasks = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            Task.Builder task = Task.builder("t" + i).priority(random.nextInt(3));
            for (int files = random.nextInt(3); files >= 0 && random.nextInt(8) > 0; files--) {
                task.declare("f" + random.nextInt(6));
            }
            if (i > 0 && random.nextInt(3) == 0) {
                task.dependsOn("t" + random.nextInt(i));
            }
            tasks.add(task.build());
        }
        return tasks;
    }

    @Property(tries = 500)
    void keepsEveryRuleFromStartToEnd(
            @ForAll("batches") List<Task> tasks,
            @ForAll @IntRange(min = 1, max = 4) int places,
            @ForAll Random random) {
        Separation separation = TaskSeparator.of(ProjectTree.empty()).separate(tasks);
        Schedule schedule = Schedule.of(separation);
        Set<String> active = new HashSet<>();
        Set<String> landed = new HashSet<>();
        while (landed.size() < tasks.size()) {
            Progress progress = new Progress(active, landed, Set.of());
            List<Task> next = schedule.next(progress, places - active.size());
            assertThat(schedule.next(progress, places - active.size())).isEqualTo(next);
            for (Task task : next) {
                assertThat(landed).containsAll(task.dependsOn());
                active.forEach(other ->
                        assertThat(separation.areIndependent(task.id(), other)).isTrue());
                assertThat(active.add(task.id())).isTrue();
                assertThat(schedule.blockers(task.id(), progress)).isEmpty();
            }
            assertThat(active.size()).isLessThanOrEqualTo(places).isPositive();
            assertIsWorkConserving(tasks, separation, active, landed, places);
            String ended = List.copyOf(active).get(random.nextInt(active.size()));
            active.remove(ended);
            landed.add(ended);
        }
    }

    private static void assertIsWorkConserving(
            List<Task> tasks, Separation separation, Set<String> active, Set<String> landed, int places) {
        if (active.size() == places) {
            return;
        }
        for (Task task : tasks) {
            boolean waiting = !active.contains(task.id()) && !landed.contains(task.id());
            if (waiting && landed.containsAll(task.dependsOn())) {
                assertThat(active)
                        .as("%s could start", task.id())
                        .anySatisfy(other -> assertThat(separation.areIndependent(task.id(), other))
                                .isFalse());
            }
        }
    }

    @Property(tries = 200)
    void namesABlockerForEveryTaskThatCannotStart(@ForAll("batches") List<Task> tasks) {
        Schedule schedule = Schedule.of(TaskSeparator.of(ProjectTree.empty()).separate(tasks));
        List<Task> first = schedule.next(Progress.none(), tasks.size());
        Set<String> active = new HashSet<>();
        first.forEach(task -> active.add(task.id()));
        Progress progress = new Progress(active, Set.of(), Set.of());

        for (Task task : tasks) {
            if (!active.contains(task.id())) {
                assertThat(schedule.blockers(task.id(), progress)).isNotEmpty();
            }
        }
    }

    private static Task task(String id, int priority, String... dependencies) {
        return Task.builder(id)
                .declare(id + ".txt")
                .priority(priority)
                .dependsOn(dependencies)
                .build();
    }

    @Example
    void takesTheUsersPriorityFirst() {
        Schedule schedule =
                Schedule.of(TaskSeparator.of(ProjectTree.empty()).separate(List.of(task("late", 9), task("soon", 1))));

        assertThat(schedule.next(Progress.none(), 1)).extracting(Task::id).containsExactly("soon");
    }

    @Example
    void takesTheLongerChainOfDependentsThen() {
        Schedule schedule = Schedule.of(TaskSeparator.of(ProjectTree.empty())
                .separate(List.of(task("alone", 5), task("head", 5), task("tail", 5, "head"))));

        assertThat(schedule.next(Progress.none(), 1)).extracting(Task::id).containsExactly("head");
    }

    @Example
    void takesTheMostContendedPathThen() {
        List<Task> tasks = List.of(
                task("alone", 5),
                Task.builder("x").declare("hub").priority(5).build(),
                Task.builder("y").declare("hub").priority(5).build(),
                Task.builder("z").declare("hub").priority(5).build());
        Schedule schedule = Schedule.of(TaskSeparator.of(ProjectTree.empty()).separate(tasks));

        assertThat(schedule.next(Progress.none(), 2)).extracting(Task::id).containsExactly("x", "alone");
    }

    @Example
    void tellsAFailedDependencyFromAPendingOne() {
        Schedule schedule = Schedule.of(TaskSeparator.of(ProjectTree.empty())
                .separate(List.of(task("a", 1), task("b", 1), task("c", 1, "a", "b"))));

        assertThat(schedule.blockers("c", new Progress(Set.of("b"), Set.of(), Set.of("a"))))
                .containsExactly(new Blocker.DependencyFailed("a"), new Blocker.DependencyPending("b"));
    }
}
