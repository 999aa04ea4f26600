package io.github.espalier.coordinator.internal;

import io.github.espalier.coordinator.WaitReason;
import io.github.espalier.resources.Admission;
import io.github.espalier.resources.Reservation;
import io.github.espalier.resources.ResourceMonitor;
import io.github.espalier.separator.Blocker;
import io.github.espalier.separator.Effort;
import io.github.espalier.separator.EffortEstimate;
import io.github.espalier.separator.Landing;
import io.github.espalier.separator.Plan;
import io.github.espalier.separator.Progress;
import io.github.espalier.separator.Schedule;
import io.github.espalier.separator.Separation;
import io.github.espalier.separator.Task;
import io.github.espalier.separator.Underway;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides which tasks start now, and says of every other what it waits for. Agents that end faster than their work lands are
 * held back: they would start from a target that is behind, and wait in a queue that only grows. Guarded by the run loop.
 */
final class Dispatch {
    /** So many tasks, for each place an agent can have, may be at work or on their way to the target. */
    private static final int UNDERWAY_A_PLACE = 2;

    private static final int FEWEST_UNDERWAY = 8;

    private static final WaitReason BACKLOG =
            new WaitReason(WaitReason.Kind.BACKLOG, "finished tasks wait to land; more start when fewer do");

    private static final WaitReason ABOUT_TO_LAND = new WaitReason(
            WaitReason.Kind.BACKLOG, "finished work is about to land, and what waits for that goes first");

    private final ResourceMonitor resources;
    private final int most;
    private final int mostUnderway;
    private final LandingTimes landings;
    private final Map<String, Effort> efforts = new HashMap<>();
    private Separation separation;
    private Schedule schedule;
    private Admission.@Nullable Refused lastRefusal;

    /** @param landsAtOnce whether nothing but git stands between an agent's end and the target */
    Dispatch(Separation separation, EffortEstimate estimate, ResourceMonitor resources, int most, boolean landsAtOnce) {
        this.separation = separation;
        this.resources = resources;
        this.most = most;
        landings = new LandingTimes(landsAtOnce);
        mostUnderway = Math.max(FEWEST_UNDERWAY, UNDERWAY_A_PLACE * most);
        separation.tasks().forEach(task -> efforts.put(task.id(), estimate.of(task)));
        schedule = Schedule.of(separation, this::effort);
    }

    private Effort effort(Task task) {
        return Objects.requireNonNull(efforts.get(task.id()), task.id());
    }

    /** How long a task is expected to take; empty: it is not part of the schedule. */
    Optional<Duration> effort(String task) {
        return Optional.ofNullable(efforts.get(task)).map(Effort::time);
    }

    /** Its agent touches what it was not known to touch: from now on others wait for that too. */
    @SuppressWarnings("ReferenceEquality") // the very same one is returned where nothing is new
    void touched(Task task, Collection<String> paths) {
        Separation wider = separation.exceeding(task.id(), paths);
        if (wider != separation) {
            separation = wider;
            schedule = Schedule.of(wider, this::effort);
        }
    }

    /** How it would go on; what takes long in it is left to the caller, who need not hold the run up meanwhile. */
    Supplier<Plan> forecast(Collection<TaskState> states, Instant now) {
        Progress progress = progress(states);
        Map<String, Underway> underway = underway(states, progress, now);
        Schedule current = schedule;
        return () -> current.plan(progress, underway, most);
    }

    private static Map<String, Underway> underway(Collection<TaskState> states, Progress progress, Instant now) {
        Map<String, Underway> underway = new HashMap<>();
        states.stream()
                .filter(state -> progress.active().contains(state.task.id()))
                .forEach(state -> underway.put(state.task.id(), new Underway(state.elapsed(now), state.takesPlace())));
        return underway;
    }

    /** A task's work landed so long after its agent had ended. */
    void landed(Duration after) {
        landings.add(after);
    }

    /**
     * What to do now.
     *
     * @param starts tasks to start, each with its reservation
     * @param waits what the others wait for
     * @param skips tasks that will never start, with the dependency that did not land
     */
    record Decision(Map<String, Reservation> starts, Map<String, WaitReason> waits, Map<String, String> skips) {
        boolean waitsForResources() {
            return waits.values().stream().anyMatch(reason -> reason.kind() == WaitReason.Kind.RESOURCES);
        }
    }

    Decision decide(Collection<TaskState> states, Instant now) {
        Progress progress = progress(states);
        Map<String, Reservation> starts = new LinkedHashMap<>();
        Optional<WaitReason> noRoom = admit(progress, states, now, starts);
        Set<String> active = new HashSet<>(progress.active());
        active.addAll(starts.keySet());
        Progress after = new Progress(active, progress.landed(), progress.failed());
        Map<String, WaitReason> waits = new LinkedHashMap<>();
        Map<String, String> skips = new LinkedHashMap<>();
        for (TaskState state : states) {
            String id = state.task.id();
            if (state.phase == TaskState.Phase.WAITING && !starts.containsKey(id)) {
                Optional<String> preferred = setBackFor(state, after);
                if (preferred.isPresent()) {
                    waits.put(
                            id,
                            new WaitReason(
                                    WaitReason.Kind.CONFLICT,
                                    "was stopped in favour of " + preferred.get() + " and waits for it to land"));
                    continue;
                }
                List<Blocker> blockers = schedule.blockers(id, after);
                Optional<String> failed = failedDependency(blockers);
                if (failed.isPresent()) {
                    skips.put(id, failed.get());
                } else {
                    waits.put(id, reason(blockers, noRoom));
                }
            }
        }
        return new Decision(starts, waits, skips);
    }

    /** The task in whose favour this one was stopped, as long as it is under way. */
    private static Optional<String> setBackFor(TaskState state, Progress progress) {
        return state.setBackFor.stream()
                .filter(other ->
                        !progress.landed().contains(other) && !progress.failed().contains(other))
                .findFirst();
    }

    private static Progress progress(Collection<TaskState> states) {
        Set<String> active = new HashSet<>();
        Set<String> landed = new HashSet<>();
        Set<String> failed = new HashSet<>();
        for (TaskState state : states) {
            if (state.isLanded()) {
                landed.add(state.task.id());
            } else if (state.outcome != null) {
                failed.add(state.task.id());
            } else if (state.phase != TaskState.Phase.WAITING) {
                active.add(state.task.id());
            }
        }
        return new Progress(active, landed, failed);
    }

    /** Starts what there is room for; returns why there was no room for the rest. */
    private Optional<WaitReason> admit(
            Progress progress, Collection<TaskState> states, Instant now, Map<String, Reservation> starts) {
        long taken = states.stream().filter(TaskState::takesPlace).count();
        long unlanded = states.stream().filter(TaskState::isUnlanded).count();
        boolean backlog = mostUnderway - unlanded < most;
        int free = (int) Math.max(0, Math.min(most, mostUnderway - unlanded) - taken);
        Set<String> setBack = states.stream()
                .filter(state -> setBackFor(state, progress).isPresent())
                .map(state -> state.task.id())
                .collect(Collectors.toSet());
        List<Task> next = next(progress, states, now, free, setBack);
        try {
            for (Task task : next) {
                Admission admission = resources.admit();
                if (admission instanceof Admission.Granted granted) {
                    starts.put(task.id(), granted.reservation());
                } else {
                    return Optional.of(noRoom((Admission.Refused) admission));
                }
            }
        } catch (RuntimeException | Error e) { // the monitor may be the host's, and outlive this run
            starts.values().forEach(Reservation::close);
            throw e;
        }
        lastRefusal = null;
        if (backlog) {
            return Optional.of(BACKLOG);
        }
        return starts.size() < free ? Optional.of(ABOUT_TO_LAND) : Optional.empty();
    }

    private List<Task> next(
            Progress progress, Collection<TaskState> states, Instant now, int free, Set<String> setBack) {
        if (free == 0) {
            return List.of();
        }
        Optional<Landing> landing =
                landings.of(states, now).filter(about -> !about.tasks().isEmpty());
        if (setBack.isEmpty() && landing.isPresent()) {
            return schedule.next(progress, underway(states, progress, now), landing.get(), free);
        }
        return schedule.next(progress, free + setBack.size()).stream()
                .filter(task -> !setBack.contains(task.id()))
                .limit(free)
                .toList();
    }

    /** The same limit refusing again is the same wait, whatever the reading is by now. */
    private WaitReason noRoom(Admission.Refused refused) {
        if (lastRefusal == null || lastRefusal.limit() != refused.limit()) {
            lastRefusal = refused;
        }
        return new WaitReason(WaitReason.Kind.RESOURCES, lastRefusal.reason());
    }

    private static Optional<String> failedDependency(List<Blocker> blockers) {
        return blockers.stream()
                .filter(Blocker.DependencyFailed.class::isInstance)
                .map(blocker -> ((Blocker.DependencyFailed) blocker).task())
                .findFirst();
    }

    private WaitReason reason(List<Blocker> blockers, Optional<WaitReason> noRoom) {
        List<String> dependencies = new ArrayList<>();
        List<String> conflicts = new ArrayList<>();
        for (Blocker blocker : blockers) {
            if (blocker instanceof Blocker.DependencyPending pending) {
                dependencies.add(pending.task());
            } else if (blocker instanceof Blocker.ConflictsWith conflict) {
                conflicts.add(conflict.task() + " ("
                        + conflict.conflict().reasons().get(0).describe() + ")");
            }
        }
        if (!dependencies.isEmpty()) {
            return new WaitReason(WaitReason.Kind.DEPENDENCY, "waits for " + joined(dependencies) + " to land");
        } else if (!conflicts.isEmpty()) {
            return new WaitReason(WaitReason.Kind.CONFLICT, "conflicts with " + joined(conflicts));
        }
        return noRoom.orElseGet(
                () -> new WaitReason(WaitReason.Kind.SLOT, "all " + most + " places for instances are taken"));
    }

    private static String joined(List<String> names) {
        int shown = Math.min(3, names.size());
        String more = names.size() > shown ? " and " + (names.size() - shown) + " more" : "";
        return names.stream().limit(shown).collect(Collectors.joining(", ")) + more;
    }
}
