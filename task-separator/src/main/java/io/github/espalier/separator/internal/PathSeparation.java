package io.github.espalier.separator.internal;

import io.github.espalier.separator.ConflictReason;
import io.github.espalier.separator.Footprint;
import io.github.espalier.separator.Separation;
import io.github.espalier.separator.SeparationException;
import io.github.espalier.separator.Task;
import io.github.espalier.separator.TaskConflict;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A batch with its footprints. Which tasks may meet at all is looked up in an index of paths; only these are compared. */
public final class PathSeparation implements Separation, Exclusions {
    private final Map<String, Task> tasks;
    private final Map<String, Footprint> footprints;
    private final Map<String, Integer> order = new LinkedHashMap<>();
    private final Map<String, List<Conflicts.Placed>> placed = new LinkedHashMap<>();
    private final TouchIndex index;

    /** A batch whose footprints are known already. */
    public PathSeparation(Map<String, Task> tasks, Map<String, Footprint> footprints) {
        this.tasks = Collections.unmodifiableMap(new LinkedHashMap<>(tasks));
        this.footprints = Collections.unmodifiableMap(new LinkedHashMap<>(footprints));
        tasks.keySet().forEach(id -> order.put(id, order.size()));
        footprints.forEach((id, footprint) -> placed.put(
                id, footprint.touches().stream().map(Conflicts.Placed::of).toList()));
        index = new TouchIndex(placed);
    }

    @Override
    public List<Task> tasks() {
        return List.copyOf(tasks.values());
    }

    @Override
    public Task task(String id) {
        return known(tasks.get(id), id);
    }

    @Override
    public Footprint footprint(String id) {
        return known(footprints.get(id), id);
    }

    private List<Conflicts.Placed> placed(String id) {
        return known(placed.get(id), id);
    }

    private static <T> T known(@Nullable T value, String id) {
        if (value == null) {
            throw new SeparationException("there is no task \"" + id + "\" in this batch");
        }
        return value;
    }

    @Override
    public Optional<TaskConflict> conflict(String one, String other) {
        boolean inOrder = known(order.get(one), one) <= known(order.get(other), other);
        String first = inOrder ? one : other;
        String second = inOrder ? other : one;
        if (first.equals(second)) {
            return Optional.empty();
        }
        Set<ConflictReason> reasons = new LinkedHashSet<>();
        for (String id : List.of(first, second)) {
            if (!footprint(id).isKnown()) {
                reasons.add(new ConflictReason.UnknownFootprint(id));
            }
        }
        for (Conflicts.Placed mine : placed(first)) {
            for (Conflicts.Placed theirs : placed(second)) {
                Conflicts.between(mine, theirs).ifPresent(reasons::add);
            }
        }
        return reasons.isEmpty()
                ? Optional.empty()
                : Optional.of(new TaskConflict(first, second, List.copyOf(reasons)));
    }

    @Override
    public List<TaskConflict> conflictsOf(String id) {
        return near(id).stream()
                .sorted((a, b) -> known(order.get(a), a) - known(order.get(b), b))
                .flatMap(other -> conflict(id, other).stream())
                .toList();
    }

    /** All that it may conflict with, and few others. */
    public Set<String> near(String id) {
        Set<String> near = footprint(id).isKnown() ? index.near(placed(id)) : new LinkedHashSet<>(tasks.keySet());
        near.remove(id);
        return near;
    }

    @Override
    public boolean isAlone(String id) {
        return !footprint(id).isKnown();
    }

    @Override
    public Map<String, String> claims(String id) {
        Map<String, String> claims = new LinkedHashMap<>();
        for (Conflicts.Placed touch : placed(id)) {
            touch.pattern()
                    .claim()
                    .ifPresent(key -> claims.putIfAbsent(key, touch.pattern().text()));
        }
        return claims;
    }

    @Override
    public Collection<String> others(String id) {
        Set<String> beside = index.beside(placed(id));
        return beside.isEmpty()
                ? beside
                : beside.stream()
                        .filter(other ->
                                !other.equals(id) && conflict(id, other).isPresent())
                        .toList();
    }

    @Override
    public PathSeparation exceeding(String id, Collection<String> paths) {
        Footprint after = footprint(id).seen(paths);
        if (after.equals(footprint(id))) {
            return this;
        }
        Map<String, Footprint> wider = new LinkedHashMap<>(footprints);
        wider.put(id, after);
        return new PathSeparation(tasks, wider);
    }
}
