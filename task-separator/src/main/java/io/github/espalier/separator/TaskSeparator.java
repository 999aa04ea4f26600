package io.github.espalier.separator;

import io.github.espalier.separator.internal.PathSeparator;
import java.util.Collection;

/**
 * Finds out which tasks can go side by side.
 *
 * <pre>{@code
 * ProjectTree tree = ProjectTree.of(Path.of("."), "main");
 * Separation separation = TaskSeparator.of(tree).separate(SpecDirectory.of(Path.of("specs")).tasks());
 * separation.conflicts().forEach(conflict -> System.out.println(conflict));
 * }</pre>
 *
 * <p>Implementations are thread-safe.
 */
@FunctionalInterface
public interface TaskSeparator {
    /**
     * The default: two tasks that share a path conflict, and a task that touches nobody knows what conflicts with all.
     *
     * @param tree the files of the project that the tasks start from
     * @return the separator
     */
    static TaskSeparator of(ProjectTree tree) {
        return new PathSeparator(tree);
    }

    /**
     * A builder of separators that predict, from the project's past, what tasks will touch and which will collide.
     *
     * @param tree the files of the project that the tasks start from
     * @return the builder
     */
    static TaskSeparatorBuilder builder(ProjectTree tree) {
        return new TaskSeparatorBuilder(tree);
    }

    /**
     * Separates a batch.
     *
     * @param tasks the tasks
     * @return footprints, independent pairs and conflicts
     * @throws DuplicateTaskException if two tasks have one id
     * @throws UnknownDependencyException if one depends on a task that is not there
     * @throws DependencyCycleException if they depend on each other in a circle
     */
    Separation separate(Collection<Task> tasks);
}
