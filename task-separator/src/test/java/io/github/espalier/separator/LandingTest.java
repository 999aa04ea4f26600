package io.github.espalier.separator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What starts while finished work is about to land. */
class LandingTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private static Task.Builder task(String id, String file) {
        return Task.builder(id).declare(file).effort(HOUR);
    }

    /** One is running, one has just ended, and what waits for that is the head of a chain. */
    private static final Schedule SCHEDULE = Schedule.of(RandomBatches.separate(List.of(
            task("running", "r").build(),
            task("ended", "hub").build(),
            task("next", "hub").build(),
            task("after", "x").dependsOn("next").build(),
            task("filler", "f").build())));

    private static final Progress PROGRESS = new Progress(Set.of("running", "ended"), Set.of(), Set.of());
    private static final Map<String, Underway> UNDERWAY =
            Map.of("running", new Underway(Duration.ZERO, true), "ended", new Underway(HOUR, false));

    private static List<String> next(Landing landing) {
        return SCHEDULE.next(PROGRESS, UNDERWAY, landing, 1).stream()
                .map(Task::id)
                .toList();
    }

    @Example
    void keepsThePlaceForWhatWaitsForWorkThatIsAboutToLand() {
        assertThat(next(new Landing(Set.of("ended"), Duration.ofMinutes(5)))).isEmpty();
    }

    @Example
    void fillsThePlaceWhereTheLandingTakesLongerThanThatWouldSave() {
        assertThat(next(new Landing(Set.of("ended"), HOUR))).containsExactly("filler");
        assertThat(next(new Landing(Set.of(), Duration.ZERO))).containsExactly("filler");
    }

    @Example
    void fillsThePlaceWhereNothingIsSaved() {
        Schedule two = Schedule.of(RandomBatches.separate(List.of(
                task("ended", "hub").build(),
                task("next", "hub").build(),
                task("filler", "f").build())));

        List<Task> next = two.next(
                new Progress(Set.of("ended"), Set.of(), Set.of()),
                Map.of("ended", new Underway(HOUR, false)),
                new Landing(Set.of("ended"), Duration.ZERO),
                1);

        assertThat(next).extracting(Task::id).containsExactly("filler");
    }

    @Provide
    Arbitrary<List<Task>> batches() {
        return RandomBatches.ofUpTo(20);
    }

    /** Whatever is held back waits for a landing, and all is done in the end. */
    @Property(tries = 300)
    void holdsNothingBackForGood(
            @ForAll("batches") List<Task> tasks,
            @ForAll @IntRange(min = 1, max = 5) int places,
            @ForAll @IntRange(max = 90) int minutes,
            @ForAll Random random) {
        Schedule schedule = Schedule.of(RandomBatches.separate(tasks));
        Set<String> running = new HashSet<>();
        Set<String> landing = new HashSet<>();
        Set<String> landed = new HashSet<>();
        while (landed.size() < tasks.size()) {
            Set<String> active = new HashSet<>(running);
            active.addAll(landing);
            Progress progress = new Progress(active, landed, Set.of());
            int free = places - running.size();
            List<Task> plain = schedule.next(progress, free);
            List<Task> next = schedule.next(
                    progress, underway(running, landing), new Landing(landing, Duration.ofMinutes(minutes)), free);
            assertThat(plain).containsAll(next);
            if (landing.isEmpty()) {
                assertThat(next).isEqualTo(plain);
            }
            next.forEach(task -> running.add(task.id()));
            if (landing.isEmpty() || (!running.isEmpty() && random.nextBoolean())) {
                landing.add(takeOne(running, random));
            } else {
                landed.add(takeOne(landing, random));
            }
        }
    }

    private static Map<String, Underway> underway(Set<String> running, Set<String> landing) {
        Map<String, Underway> underway =
                running.stream().collect(Collectors.toMap(id -> id, id -> new Underway(Duration.ofMinutes(10), true)));
        landing.forEach(id -> underway.put(id, new Underway(HOUR, false)));
        return underway;
    }

    private static String takeOne(Set<String> from, Random random) {
        String one = from.stream().sorted().toList().get(random.nextInt(from.size()));
        from.remove(one);
        return one;
    }
}
