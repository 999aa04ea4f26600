package io.github.espalier.separator.internal;

import io.github.espalier.separator.Plan;
import io.github.espalier.separator.Plan.Wait;
import io.github.espalier.separator.Separation;
import io.github.espalier.separator.Underway;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/** Runs a frontier from end to end of tasks, and notes what starts when, where, and after what. Used once. */
final class Forecast {
    private static final Duration JUST_STARTED = Duration.ZERO;

    private final Separation separation;
    private final Batch batch;
    private final Frontier frontier;
    private final int places;
    private final List<Plan.Entry> entries = new ArrayList<>();
    private final PriorityQueue<Running> running = new PriorityQueue<>();
    private final BitSet taken = new BitSet();

    /** By task, how long it still takes from the moment of the forecast; 0 for what is over. */
    private final long[] left;

    private record Running(long end, int task, int slot) implements Comparable<Running> {
        @Override
        public int compareTo(Running other) {
            return end != other.end ? Long.compare(end, other.end) : Integer.compare(task, other.task);
        }
    }

    Forecast(Separation separation, Batch batch, Frontier frontier, int places) {
        this.separation = separation;
        this.batch = batch;
        this.frontier = frontier;
        this.places = places;
        left = new long[batch.size()];
    }

    Plan of(Collection<String> active, Map<String, Underway> underway) {
        IntStream.range(0, batch.size()).filter(frontier::isWaiting).forEach(task -> left[task] = batch.millis[task]);
        takeUp(active, underway);
        List<Running> ended = List.of();
        for (long now = 0; ; now = ended.get(0).end()) {
            start(now, ended);
            if (running.isEmpty()) {
                break;
            }
            ended = endNext();
        }
        List<String> never = IntStream.range(0, batch.size())
                .filter(frontier::isWaiting)
                .peek(task -> left[task] = 0)
                .mapToObj(task -> batch.tasks.get(task).id())
                .toList();
        return new Plan(places, entries, never, Bounds.of(batch, left, places));
    }

    /** What is under way keeps its place: the longest running the first one. */
    private void takeUp(Collection<String> active, Map<String, Underway> underway) {
        Comparator<String> longestFirst = Comparator.comparing(
                (String id) -> underway.getOrDefault(id, new Underway(JUST_STARTED, true))
                        .elapsed(),
                Comparator.reverseOrder());
        List<String> known = active.stream()
                .filter(batch::has)
                .sorted(longestFirst.thenComparing(Comparator.comparingInt(batch::number)))
                .toList();
        int beyond = places;
        for (String id : known) {
            Underway how = underway.getOrDefault(id, new Underway(JUST_STARTED, true));
            int free = taken.nextClearBit(0);
            int slot = how.takesPlace() && free < places ? free : beyond++;
            taken.set(slot);
            int task = batch.number(id);
            left[task] = how.takesPlace() ? left(batch.millis[task], how.elapsed()) : 0;
            add(task, slot, -how.elapsed().toMillis(), left[task], List.of());
        }
    }

    private static long left(long expected, Duration elapsed) {
        long left = expected - elapsed.toMillis();
        return left > 0 ? left : Plan.lateness(elapsed).toMillis();
    }

    private void add(int task, int slot, long start, long end, List<Wait> waits) {
        running.add(new Running(end, task, slot));
        entries.add(new Plan.Entry(
                batch.tasks.get(task).id(),
                slot,
                Duration.ofMillis(start),
                Duration.ofMillis(end),
                batch.effort(task),
                waits));
    }

    private void start(long now, List<Running> ended) {
        int free = places - taken.get(0, places).cardinality();
        for (int task : frontier.start(free)) {
            int slot = taken.nextClearBit(0);
            taken.set(slot);
            add(task, slot, now, now + batch.millis[task], waits(task, slot, ended));
        }
    }

    private List<Running> endNext() {
        List<Running> ended = new ArrayList<>();
        long now = running.element().end();
        while (!running.isEmpty() && running.element().end() == now) {
            Running over = running.remove();
            ended.add(over);
            taken.clear(over.slot());
            frontier.landed(over.task());
        }
        return ended;
    }

    /** Had none of what ended just now kept it, it would have started before, but for want of a place. */
    private List<Wait> waits(int task, int slot, List<Running> ended) {
        List<Wait> waits = new ArrayList<>();
        String id = batch.tasks.get(task).id();
        for (Running over : ended) {
            String other = batch.tasks.get(over.task()).id();
            if (Arrays.stream(batch.dependencies[task]).anyMatch(dependency -> dependency == over.task())) {
                waits.add(new Wait.Dependency(other));
            } else if (!batch.conflicts.areIndependent(task, over.task())) {
                separation.conflict(id, other).ifPresent(conflict -> waits.add(new Wait.Exclusion(other, conflict)));
            }
        }
        if (waits.isEmpty()) {
            ended.stream()
                    .filter(over -> over.slot() == slot)
                    .forEach(over -> waits.add(
                            new Wait.Place(batch.tasks.get(over.task()).id())));
        }
        waits.sort(Comparator.comparingInt(wait -> wait instanceof Wait.Dependency ? 0 : 1));
        return waits;
    }
}
