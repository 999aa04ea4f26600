package io.github.espalier.separator.internal;

import io.github.espalier.separator.Footprint.Shape;
import io.github.espalier.separator.Footprint.Touch;
import java.text.Normalizer;
import java.util.Locale;

/**
 * A set of paths: one file, a directory with all that is in it, or a glob. Compared as a file system would that ignores case
 * and Unicode form, because some checkout may lie on one.
 */
final class PathPattern {
    private final String text;
    private final String folded;
    private final Shape shape;
    private final GlobAutomaton automaton;

    private PathPattern(String text, Shape shape) {
        this.text = text;
        this.shape = shape;
        folded = fold(text);
        automaton = GlobAutomaton.of(shape, folded);
    }

    static PathPattern of(Touch touch) {
        return touch.shape() == Shape.DIRECTORY
                ? directory(touch.path())
                : new PathPattern(touch.path(), touch.shape());
    }

    static PathPattern file(String path) {
        return new PathPattern(path, Shape.FILE);
    }

    static PathPattern directory(String path) {
        return new PathPattern(path.endsWith("/") ? path.substring(0, path.length() - 1) : path, Shape.DIRECTORY);
    }

    static PathPattern glob(String glob) {
        return new PathPattern(glob, Shape.GLOB);
    }

    /** Whether a text has anything that makes it a glob. */
    static boolean isGlob(String text) {
        return text.chars().anyMatch(c -> c == '*' || c == '?' || c == '[' || c == '{');
    }

    Shape shape() {
        return shape;
    }

    /** The path, or the glob; a directory ends in a slash. */
    String text() {
        return shape == Shape.DIRECTORY ? text + "/" : text;
    }

    /** The path or glob without a trailing slash. */
    String path() {
        return text;
    }

    /** Equal for names that some file systems take for one. */
    String folded() {
        return folded;
    }

    static String fold(String path) {
        String decomposed = Normalizer.normalize(path, Normalizer.Form.NFC);
        return Normalizer.normalize(decomposed.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
    }

    /** Whether some path belongs to both. */
    boolean meets(PathPattern other) {
        if (shape != Shape.GLOB && other.shape != Shape.GLOB) {
            return folded.equals(other.folded)
                    || (shape == Shape.DIRECTORY && other.folded.startsWith(folded + "/"))
                    || (other.shape == Shape.DIRECTORY && folded.startsWith(other.folded + "/"));
        }
        return automaton.meets(other.automaton);
    }

    @Override
    public String toString() {
        return text();
    }
}
