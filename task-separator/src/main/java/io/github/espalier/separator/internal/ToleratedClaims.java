package io.github.espalier.separator.internal;

import io.github.espalier.separator.DeclaredPath.Kind;
import io.github.espalier.separator.Footprint.Shape;
import io.github.espalier.separator.Footprint.Touch;
import io.github.espalier.separator.Separation;
import io.github.espalier.separator.Task;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Claims at files that several tasks may write at once. They exclude only those that do something else there. */
public final class ToleratedClaims {
    private final Map<String, Holders> holders = new HashMap<>();

    /** Who writes such a file, and who takes it away, moves it or spells it otherwise. */
    private record Holders(Set<String> writers, Set<String> others) {
        Holders() {
            this(new LinkedHashSet<>(), new LinkedHashSet<>());
        }
    }

    /**
     * Looks them up in a batch.
     *
     * @param tolerated the files
     */
    public ToleratedClaims(Separation separation, Set<String> tolerated) {
        for (String path : tolerated) {
            PathPattern.file(path).claim().ifPresent(claim -> holders.put(claim, new Holders()));
        }
        if (holders.isEmpty()) {
            return;
        }
        for (Task task : separation.tasks()) {
            for (Touch touch : separation.footprint(task.id()).touches()) {
                Holders found = PathPattern.of(touch).claim().map(holders::get).orElse(null);
                if (found != null) {
                    (isWrite(touch) && tolerated.contains(touch.path()) ? found.writers() : found.others())
                            .add(task.id());
                }
            }
        }
    }

    private static boolean isWrite(Touch touch) {
        return touch.shape() == Shape.FILE && (touch.kind() == Kind.WRITE || touch.kind() == Kind.CREATE);
    }

    /** Claims without those at such files. */
    public Map<String, String> without(Map<String, String> claims) {
        Map<String, String> left = new LinkedHashMap<>(claims);
        left.keySet().removeAll(holders.keySet());
        return left;
    }

    /** The tasks that may conflict with one at such files. */
    public Set<String> near(String task, Collection<String> claims) {
        Set<String> near = new LinkedHashSet<>();
        for (String claim : claims) {
            if (holders.containsKey(claim)) {
                Holders found = Objects.requireNonNull(holders.get(claim));
                near.addAll(found.others());
                if (found.others().contains(task)) {
                    near.addAll(found.writers());
                }
            }
        }
        near.remove(task);
        return near;
    }
}
