package io.github.espalier.separator.internal;

import io.github.espalier.separator.Footprint.Touch;
import java.util.Collection;

/** What footprints are asked for. */
public final class PathPatterns {
    private PathPatterns() {}

    /** Whether a path belongs to any of some touches. */
    public static boolean cover(Collection<Touch> touches, String path) {
        PathPattern file = PathPattern.file(path);
        return touches.stream().anyMatch(touch -> PathPattern.of(touch).meets(file));
    }
}
