package io.github.espalier.coordinator;

import io.github.espalier.separator.Task;
import java.util.Collection;
import java.util.List;

/**
 * Runs several agents at once on one repository, each in its own worktree on its own branch, and lands their work on one
 * target branch.
 *
 * <pre>{@code
 * RunReport report = Coordinator.builder()
 *     .repository(Path.of("."))
 *     .target("roadmap")
 *     .launcher(InstanceLauncher.command("code-developer", "--priority={task}"))
 *     .maxInstances(3)
 *     .verify(Verification.command("mvn", "-q", "verify"))
 *     .listener(event -> log.info("{}", event))
 *     .build()
 *     .run(tasks);
 * }</pre>
 *
 * <p>Thread-safe; but a repository bears one run at a time, in all processes together.
 */
public interface Coordinator {
    /**
     * A builder with defaults.
     *
     * @return the builder
     */
    static CoordinatorBuilder builder() {
        return new CoordinatorBuilder();
    }

    /**
     * Runs tasks to their end.
     *
     * @param tasks the tasks; conflicting ones wait for each other
     * @return what became of each
     * @throws io.github.espalier.separator.SeparationException if the tasks do not make a batch: a duplicate id, an unknown
     *     dependency, a cycle; nothing was started
     * @throws RepositoryBusyException if another run is under way in the repository; nothing was started
     * @throws CoordinatorException if the run broke, or the waiting thread was interrupted; the run is cancelled then
     */
    RunReport run(Collection<Task> tasks);

    /**
     * Starts a run and returns at once.
     *
     * @param tasks the tasks
     * @return the run under way
     * @throws io.github.espalier.separator.SeparationException as for {@link #run}
     * @throws RepositoryBusyException as for {@link #run}
     */
    Run start(Collection<Task> tasks);

    /**
     * Brings every run of the repository to its end whose host died, the oldest first: agents that still run are adopted or
     * ended ({@link CoordinatorBuilder#survivors}), steps that were under way are finished or undone, work lands as the run
     * would have landed it, and what cannot land is rescued. An agent that nobody saw end is not taken for successful. Of
     * tasks that had not started nothing is started; run them with {@link RecoveredRun#remaining}. Waits for agents that it
     * adopts. Called again, it changes nothing more; killed meanwhile, it can be called again.
     *
     * @return the runs that were brought to their end; empty: there were none
     * @throws RepositoryBusyException if a run is under way in the repository
     * @throws JournalDamagedException if a journal is damaged elsewhere than at its torn end; nothing was touched
     * @throws CoordinatorException if a run cannot be recovered, or the waiting thread was interrupted; what was begun can be
     *     recovered again
     */
    List<RecoveredRun> recover();

    /**
     * Tells what {@link #recover} would do. Reads only.
     *
     * @return a step for each task of each run whose host died, or that is under way now
     * @throws JournalDamagedException as for {@link #recover}
     */
    List<RecoveryStep> recoveryPlan();

    /**
     * Lands branches that are there already, in the order given but for {@link CoordinatorBuilder#landingOrder}, as the work
     * of agents lands: merged on objects, verified, published. No agent is started; the branches stay.
     *
     * @param branches without {@code refs/heads/}
     * @return what became of each; its id is the branch's name
     * @throws RepositoryBusyException as for {@link #run}
     * @throws ConfigurationException naming each branch that is not there, or is the target; nothing was landed
     * @throws CoordinatorException as for {@link #run}
     */
    RunReport land(Collection<String> branches);

    /**
     * Takes a landing back. If a verification is configured, the tree that a revert makes has to pass it, and so has one
     * between the landings of a batch, which was never the target's tip.
     *
     * @param landing the id of a landing ({@link RunHistory#landings}), or the commit that it published
     * @param how by a new commit, or by moving the target back
     * @return what came of it
     * @throws RepositoryBusyException as for {@link #run}
     * @throws CoordinatorException if no such landing is recorded
     */
    UndoOutcome undo(String landing, Undo how);
}
