package io.github.espalier.separator;

import io.github.espalier.separator.internal.PathPatterns;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The paths a task will touch, as far as that is known before it starts.
 *
 * @param touches one entry a path, directory or glob; empty: the footprint is unknown
 */
public record Footprint(List<Touch> touches) {
    /**
     * Copies the list.
     *
     * @param touches as for the record
     */
    public Footprint {
        touches = List.copyOf(touches);
    }

    /** What a path stands for. */
    public enum Shape {
        /** One file. */
        FILE,
        /** A directory with all that is in it. */
        DIRECTORY,
        /** Every path that a glob matches. */
        GLOB
    }

    /**
     * One path, directory or glob.
     *
     * @param path the path; a directory ends in a slash
     * @param kind what will be done with it
     * @param probability from 0 to 1; 1 for what is declared or named
     * @param evidence why it is here
     * @param shape what the path stands for
     */
    public record Touch(String path, DeclaredPath.Kind kind, double probability, List<Evidence> evidence, Shape shape) {
        /**
         * Copies the list.
         *
         * @param path as for the record
         * @param kind as for the record
         * @param probability as for the record
         * @param evidence as for the record
         * @param shape as for the record
         */
        public Touch {
            evidence = List.copyOf(evidence);
        }

        @Override
        public String toString() {
            return path
                    + String.format(Locale.ROOT, " %.2f: ", probability)
                    + evidence.stream().map(Evidence::describe).collect(Collectors.joining("; "));
        }
    }

    /**
     * Whether anything is known. A task whose footprint is unknown is independent of nothing.
     *
     * @return false for an empty footprint
     */
    public boolean isKnown() {
        return !touches.isEmpty();
    }

    /**
     * What of it is certain: declared, named, or seen.
     *
     * @return the footprint without what is only likely; it may be unknown then
     */
    public Footprint certain() {
        return new Footprint(
                touches.stream().filter(touch -> touch.probability() == 1).toList());
    }

    /**
     * The paths alone.
     *
     * @return in the order of the entries
     */
    public Set<String> paths() {
        return touches.stream().map(Touch::path).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /**
     * Whether a path belongs to it: is one of its files, lies in one of its directories, or matches one of its globs. Names
     * that differ in case or Unicode form only count as one.
     *
     * @param path from the root of the tree, with {@code /} between names
     * @return true if it does
     */
    public boolean covers(String path) {
        return PathPatterns.cover(touches, path);
    }

    /**
     * The same once a task has been seen to change some paths: what was likely of them is certain, and what is not covered is
     * added. An unknown footprint stays unknown, since the task may change anything besides.
     *
     * @param paths from the root of the tree, with {@code /} between names
     * @return the wider footprint; an equal one where nothing is new
     */
    public Footprint seen(Collection<String> paths) {
        if (!isKnown()) {
            return this;
        }
        List<Touch> after = new ArrayList<>();
        for (Touch touch : touches) {
            if (touch.probability() == 1 || !paths.contains(touch.path())) {
                after.add(touch);
            }
        }
        Footprint before = new Footprint(after);
        paths.stream()
                .filter(path -> !before.covers(path))
                .forEach(path -> after.add(
                        new Touch(path, DeclaredPath.Kind.WRITE, 1, List.of(new Evidence.Seen(path)), Shape.FILE)));
        return new Footprint(after);
    }
}
