package io.github.espalier.coordinator.internal;

import io.github.espalier.coordinator.Coordinator;
import io.github.espalier.coordinator.CoordinatorException;
import io.github.espalier.coordinator.RecoveredRun;
import io.github.espalier.coordinator.RecoveryStep;
import io.github.espalier.coordinator.Run;
import io.github.espalier.coordinator.RunReport;
import io.github.espalier.coordinator.Survivors;
import io.github.espalier.coordinator.Undo;
import io.github.espalier.coordinator.UndoOutcome;
import io.github.espalier.separator.Task;
import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.Refs;
import io.github.espalier.worktree.StaleLocks;
import io.github.espalier.worktree.TrustedConfiguration;
import io.github.espalier.worktree.WorktreeManager;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** Starts runs as configured. */
public final class DefaultCoordinator implements Coordinator {
    private final Configuration configuration;

    public DefaultCoordinator(Configuration configuration) {
        this.configuration = configuration;
    }

    @Override
    public RunReport run(Collection<Task> tasks) {
        try (Run run = start(tasks)) {
            return run.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CoordinatorException("interrupted while waiting for the run; it was cancelled", e);
        }
    }

    @Override
    public List<RecoveredRun> recover() {
        List<RecoveredRun> recovered = new ArrayList<>();
        try {
            for (RunRecord record : unfinished()) {
                Recovering.recover(configuration, record).ifPresent(recovered::add);
            }
            bringInOrder();
            return List.copyOf(recovered);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CoordinatorException("interrupted while recovering; recover again", e);
        }
    }

    /**
     * What is in no journal: a host that died before its run began, a git that died while its host lived on, what a host was
     * not allowed to clean up.
     */
    private void bringInOrder() {
        GitRepository repository = configuration.repository();
        Configuration.Parts parts = configuration.parts();
        CoordinatorLock lock =
                CoordinatorLock.acquire(repository, "recovery", parts.clock().instant());
        try (lock) {
            StaleLocks.of(repository).remove();
            AnchoredIntegrator.dropLeft(Refs.of(repository));
            if (parts.worktrees().isPresent()) {
                parts.worktrees().get().prune();
            } else {
                try (WorktreeManager worktrees =
                        parts.ownWorktrees(repository, TrustedConfiguration.of(repository), () -> false)) {
                    worktrees.prune();
                }
            }
        }
    }

    @Override
    public List<RecoveryStep> recoveryPlan() {
        Survivors survivors = configuration.instances().survivors();
        return unfinished().stream()
                .flatMap(record -> Stream.concat(
                        record.undoes().stream().map(landing -> Recovering.plan(record, landing)),
                        record.tasks().stream()
                                .map(task -> new RecoveryStep(
                                        record.run(),
                                        task.task().id(),
                                        Recovering.plan(task, record.run(), survivors)))))
                .toList();
    }

    private List<RunRecord> unfinished() {
        return new JournaledRuns(configuration.repository())
                .records().stream().filter(record -> record.endedAt().isEmpty()).toList();
    }

    @Override
    public Run start(Collection<Task> tasks) {
        return DefaultRun.start(configuration, List.copyOf(tasks));
    }

    @Override
    public RunReport land(Collection<String> branches) {
        try (Run run = DefaultRun.land(configuration, List.copyOf(branches))) {
            return run.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CoordinatorException("interrupted while waiting for the landings; they were cancelled", e);
        }
    }

    @Override
    public UndoOutcome undo(String landing, Undo how) {
        return Undoing.undo(configuration, landing, how);
    }
}
