package io.github.espalier.separator.internal.predict;

import io.github.espalier.separator.ProjectKnowledge;
import io.github.espalier.separator.ProjectTree;
import java.util.Optional;

/**
 * A project that is no longer moved on, with the models that fit it.
 *
 * @param project what is known of it
 * @param tree its files
 * @param footprints which files a task touches
 * @param pairs which tasks collide
 * @param gap why its history is short
 */
public record Knowledge(
        Project project, ProjectTree tree, FootprintModel footprints, PairModel pairs, Optional<String> gap)
        implements ProjectKnowledge {
    /** The only kind there is. */
    public static Knowledge of(ProjectKnowledge knowledge) {
        if (knowledge instanceof Knowledge own) {
            return own;
        }
        throw new IllegalArgumentException("knowledge of a project comes from ProjectKnowledge.read alone");
    }
}
