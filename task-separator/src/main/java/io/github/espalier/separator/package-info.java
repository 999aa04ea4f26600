/**
 * Which tasks can go side by side on one repository, and why.
 *
 * <pre>{@code
 * ProjectTree tree = ProjectTree.of(Path.of("."), "main");
 * Separation separation = TaskSeparator.of(tree).separate(SpecDirectory.of(Path.of("specs")).tasks());
 * List<Task> first = Schedule.of(separation).next(Progress.none(), 3);
 * }</pre>
 *
 * <p>The way of the data: {@link io.github.espalier.separator.SpecDirectory} and {@link
 * io.github.espalier.separator.Roadmap} read Markdown and yield {@link io.github.espalier.separator.Task}s. A {@link
 * io.github.espalier.separator.TaskSeparator} turns each into a {@link io.github.espalier.separator.Footprint}: what the task
 * declares, or what its text names, resolved against a {@link io.github.espalier.separator.ProjectTree}, with {@link
 * io.github.espalier.separator.Evidence} for each path. The {@link io.github.espalier.separator.Separation} compares footprints
 * and gives every conflict with its {@link io.github.espalier.separator.ConflictReason}s. A {@link
 * io.github.espalier.separator.Schedule} says, for any {@link io.github.espalier.separator.Progress}, which tasks start next and
 * which {@link io.github.espalier.separator.Blocker}s hold the others; and, by the same rule run to the end, a {@link
 * io.github.espalier.separator.Plan}: when each starts and ends, in which place, what it waits for, and what no plan could be
 * shorter than.
 *
 * <pre>
 *  Separation ──────────┐                     ┌── next(progress, places)   what starts now
 *                       ├──► Schedule ────────┤
 *  EffortEstimate ──────┘    urgency of       └── plan(progress, …)        next, and again at each end ──► Plan
 *    declared, learned       each task                                                                       │
 *    from like tasks                          Charts: matrix and Gantt chart as SVG, both in a page  ◄────────┘
 * </pre>
 *
 * <p>{@link io.github.espalier.separator.TaskSeparator#builder} makes a separator that predicts: from {@link
 * io.github.espalier.separator.ProjectKnowledge} (the tree, what is in it, and the {@link
 * io.github.espalier.separator.ChangeHistory}) {@link io.github.espalier.separator.FootprintSource}s tell which files a task may
 * touch, each with a probability and its evidence; a {@link io.github.espalier.separator.SeparationPolicy} says when two tasks
 * that may collide are held back.
 */
package io.github.espalier.separator;
