package io.github.espalier.separator.internal.predict;

/** One way to find the files of a task. */
@FunctionalInterface
interface Signal {
    /** Adds candidates and features. What it finds depends on what those before it have found. */
    void find(Project project, Query query, Candidates candidates);
}
