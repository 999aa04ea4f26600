package io.github.espalier.separator.internal;

import io.github.espalier.separator.Footprint.Shape;
import io.github.espalier.separator.Footprint.Touch;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A set of paths: one file, a directory with all that is in it, or a glob. Compared as a file system would that ignores case
 * and Unicode form, because some checkout may lie on one.
 */
final class PathPattern {
    private final String text;
    private final String folded;
    private final Shape shape;

    /** What a glob's paths all begin with; the whole of any other path. */
    private final String head;

    /** Of a glob only: there are few of them, and each is compared with many paths. */
    private final @Nullable GlobAutomaton glob;

    private PathPattern(String text, Shape shape) {
        this.text = text;
        this.shape = shape;
        folded = fold(text);
        head = shape == Shape.GLOB ? folded.substring(0, firstWildcard(folded)) : folded;
        glob = shape == Shape.GLOB ? GlobAutomaton.of(shape, folded) : null;
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
        return firstWildcard(text) < text.length();
    }

    private static int firstWildcard(String text) {
        int at = 0;
        while (at < text.length() && "*?[{".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return at;
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

    /** What all of its paths begin with, as names compare. */
    String head() {
        return head;
    }

    /** Patterns with one claim meet; no path is a glob's too, however both are written. Empty: it does not even meet itself. */
    Optional<String> claim() {
        if (glob == null) {
            return Optional.of(folded);
        }
        return glob.meets(glob) ? Optional.of("\0" + folded) : Optional.empty();
    }

    /** Keeps the slashes: what stands before one of them is folded as it would be alone. */
    static String fold(String path) {
        if (isAscii(path)) {
            return path.toLowerCase(Locale.ROOT);
        }
        String decomposed = Normalizer.normalize(path, Normalizer.Form.NFC);
        return Normalizer.normalize(decomposed.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7f) {
                return false;
            }
        }
        return true;
    }

    /** Whether some path belongs to both. */
    boolean meets(PathPattern other) {
        if (shape != Shape.GLOB && other.shape != Shape.GLOB) {
            return folded.equals(other.folded)
                    || (shape == Shape.DIRECTORY && other.isBelow(this))
                    || (other.shape == Shape.DIRECTORY && isBelow(other));
        }
        return mayMeet(other) && automaton().meets(other.automaton());
    }

    /** Whether it lies in a folder of the other's name. */
    boolean isBelow(PathPattern other) {
        int end = other.folded.length();
        return folded.length() > end && folded.charAt(end) == '/' && folded.startsWith(other.folded);
    }

    /** Whether the beginnings that both have for certain go together, which is cheap to see. */
    private boolean mayMeet(PathPattern other) {
        if (shape == Shape.FILE) {
            return head.startsWith(other.head);
        } else if (other.shape == Shape.FILE) {
            return other.head.startsWith(head);
        }
        return head.startsWith(other.head) || other.head.startsWith(head);
    }

    private GlobAutomaton automaton() {
        return glob == null ? GlobAutomaton.of(shape, folded) : glob;
    }

    @Override
    public String toString() {
        return text();
    }
}
