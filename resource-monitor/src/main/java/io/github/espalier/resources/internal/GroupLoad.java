package io.github.espalier.resources.internal;

import io.github.espalier.resources.internal.ControlGroup.Processors;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * How much of what the container may use it does use: a container with a quota of half a core is full while the machine
 * around it idles.
 */
final class GroupLoad {
    private Map<Path, Long> before = Map.of();
    private long takenAt;

    /** Percent since the call before, of the group that is fullest; empty: no group is limited, or this is the first call. */
    OptionalDouble percent(List<Processors> groups, long now) {
        double micros = (now - takenAt) / 1000.0;
        Map<Path, Long> after = new HashMap<>();
        OptionalDouble fullest = OptionalDouble.empty();
        for (Processors group : groups) {
            Long last = before.get(group.group());
            if (group.usedMicros().isEmpty()) {
                continue;
            }
            long used = group.usedMicros().getAsLong();
            after.put(group.group(), used);
            if (last != null && micros > 0) {
                // Bursts and the clocks' grain can exceed the quota for a moment.
                double percent = Math.max(0, Math.min(100, 100 * (used - last) / (micros * group.cores())));
                fullest = OptionalDouble.of(Math.max(fullest.orElse(0), percent));
            }
        }
        before = after;
        takenAt = now;
        return fullest;
    }
}
