package io.github.espalier.coordinator.internal;

import io.github.espalier.coordinator.Instance;
import io.github.espalier.coordinator.InstanceEnd;
import io.github.espalier.coordinator.InstanceIdentity;
import io.github.espalier.coordinator.RecoveredRun;
import io.github.espalier.coordinator.RecoveryStep;
import io.github.espalier.coordinator.RunReport;
import io.github.espalier.coordinator.Survivors;
import io.github.espalier.coordinator.TaskOutcome;
import io.github.espalier.coordinator.Verification;
import io.github.espalier.coordinator.internal.process.Orphans;
import io.github.espalier.separator.Task;
import io.github.espalier.worktree.HostProcess;
import io.github.espalier.worktree.Removal;
import io.github.espalier.worktree.StaleLocks;
import io.github.espalier.worktree.Worktree;
import io.github.espalier.worktree.WorktreeException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes up a run whose host died. First the repository is brought in order: what the host left running ends, its locks go,
 * a checkout that was half way to a new target is brought back. Then each task is held against git, which knows what was
 * done, and goes on from there by the same steps as in any run.
 */
final class Recovering {
    private static final Logger log = LoggerFactory.getLogger(Recovering.class);
    private static final String UNVERIFIED =
            "the run verified what it landed, and its recovery was given no verification; recover with one";

    private final OpenRun open;
    private final RunContext context;
    private final RunRecord record;
    private Map<String, String> resolutions = Map.of();

    private Recovering(OpenRun open, RunRecord record) {
        this.open = open;
        this.record = record;
        context = open.context();
    }

    /** Empty: somebody else has finished it meanwhile. */
    static Optional<RecoveredRun> recover(Configuration configuration, RunRecord known) throws InterruptedException {
        OpenRun open = OpenRun.reopen(configured(configuration, known), known);
        Map<String, Resumption> left;
        DefaultRun run;
        try {
            Optional<RunRecord> record = RunRecord.read(
                            open.context().directory().resolve(Journal.FILE))
                    .filter(now -> now.endedAt().isEmpty());
            if (record.isEmpty()) {
                open.abandon();
                return Optional.empty();
            }
            Recovering recovering = new Recovering(open, record.get());
            recovering.bringInOrder();
            if (record.get().undoes().isPresent()) {
                Undoing.settle(open, record.get());
                open.abandon();
                return Optional.empty();
            }
            left = recovering.resumptions();
            run = DefaultRun.takeUp(open, recovering.states(left), left);
        } catch (RuntimeException | Error e) {
            open.abandon().ifPresent(e::addSuppressed);
            throw e;
        }
        return Optional.of(recovered(run.await(), known, left));
    }

    private static Configuration configured(Configuration configuration, RunRecord record) {
        Configuration aimed = configuration.withTarget(record.target());
        boolean lacksVerification =
                record.verified() && aimed.landings().verification().isEmpty();
        return lacksVerification
                ? aimed.withVerification(request -> new Verification.Verdict(false, UNVERIFIED))
                : aimed;
    }

    private void bringInOrder() {
        context.journal().intent("recover", Map.of("host", HostProcess.self()));
        Orphans.of(record.hosts()).end();
        StaleLocks locks = StaleLocks.of(context.repository());
        List<Path> stale = locks.find();
        if (!record.moves().isEmpty()) {
            RunRecord.Move last = record.moves().get(record.moves().size() - 1);
            open.target().settle(last.from(), last.to(), stale);
        }
        locks.remove();
        context.worktrees().prune();
        resolutions = new AbandonedRooms(context).takeAway(record);
        record.tasks().stream()
                .filter(task -> task.identity(record.run()).isEmpty())
                .forEach(this::removeUnused);
    }

    /** No agent was launched in it, so it holds nothing; if it does after all, it stays. */
    private void removeUnused(TaskRecord task) {
        task.request()
                .filter(request -> task.outcome().isEmpty())
                .flatMap(request ->
                        Worktree.at(context.repository(), request.directory(), request.branch(), request.base()))
                .ifPresent(worktree -> remove(worktree, Removal.deletingBranchAt(worktree.base())));
    }

    private void remove(Worktree worktree, Removal removal) {
        try {
            context.worktrees().remove(worktree, removal);
        } catch (WorktreeException e) {
            log.atWarn()
                    .addKeyValue("directory", worktree.directory())
                    .setCause(e)
                    .log("Left a worktree that a dead host made");
        }
    }

    private Map<String, Resumption> resumptions() {
        Map<String, Resumption> resumptions = new LinkedHashMap<>();
        record.tasks().forEach(task -> resumptions.put(task.task().id(), resumption(task)));
        return resumptions;
    }

    private Resumption resumption(TaskRecord task) {
        if (task.outcome().isPresent() && !(task.outcome().get() instanceof TaskOutcome.Held)) {
            return new Resumption.Over(task.outcome().get(), task.removed());
        }
        Optional<TaskOutcome> landed = landed(task);
        if (landed.isPresent()) {
            return new Resumption.Decided(landed.get());
        }
        Optional<TaskOutcome.Held> held = held(task);
        if (held.isPresent()) {
            return new Resumption.Holding(held.get());
        }
        return task.identity(record.run())
                .<Resumption>map(identity -> new Resumption.Watching(instance(task, identity)))
                .orElseGet(Resumption.Pending::new);
    }

    /** Git tells whether a landing that was begun went through. */
    private Optional<TaskOutcome> landed(TaskRecord task) {
        String tip = open.target().tip();
        return task.landings().stream()
                .filter(landing -> context.refs().commit(landing.commit()).isPresent()
                        && context.refs().isAncestor(landing.commit(), tip))
                .<TaskOutcome>map(landing -> new TaskOutcome.Landed(landing.commit(), landing.tree()))
                .findFirst();
    }

    private Optional<TaskOutcome.Held> held(TaskRecord task) {
        String ref =
                LandingLine.heldRef(record.target(), record.run(), task.task().id());
        return context.refs()
                .read(ref)
                .map(commit -> task.held()
                        .map(held -> new TaskOutcome.Held(ref, commit, held.checkout(), held.reason()))
                        .orElseGet(() -> new TaskOutcome.Held(
                                ref, commit, context.repository().commonDirectory(), "its host died")));
    }

    private Instance instance(TaskRecord task, InstanceIdentity identity) {
        return task.end()
                .<Instance>map(end -> new GoneInstance(identity, end))
                .or(() -> context.configuration().launcher().find(identity))
                .orElseGet(() -> new GoneInstance(
                        identity, new InstanceEnd.Lost("its launcher does not find it again after its host died")));
    }

    private List<TaskState> states(Map<String, Resumption> left) {
        List<TaskState> states = new ArrayList<>();
        for (TaskRecord task : record.tasks()) {
            TaskState state = new TaskState(task.task());
            boolean started = !(left.get(task.task().id()) instanceof Resumption.Pending);
            if (started) {
                state.restore(task);
                state.resolved = resolved(task).orElse(null);
                state.resolvedTip = task.resolvedTip();
                Optional.ofNullable(resolutions.get(task.task().id())).ifPresent(note -> state.note(List.of(note)));
            }
            states.add(state);
        }
        return states;
    }

    /** A resolution that was accepted, and was to land. */
    private Optional<String> resolved(TaskRecord task) {
        return record.resolutions().stream()
                .filter(resolution -> resolution.task().equals(task.task().id()))
                .reduce((earlier, later) -> later)
                .flatMap(last -> context.refs().read(Resolving.ref(record.run(), last.task(), last.attempt())));
    }

    private static RecoveredRun recovered(RunReport report, RunRecord record, Map<String, Resumption> left) {
        Set<String> landed = new HashSet<>();
        report.tasks().stream()
                .filter(task ->
                        task.outcome() instanceof TaskOutcome.Landed || task.outcome() instanceof TaskOutcome.Held)
                .forEach(task -> landed.add(task.id()));
        Map<String, Task> remaining = new LinkedHashMap<>();
        // What was to land branches that are there already has no agents to start; it is called again.
        for (TaskRecord task : record.landsBranches() ? List.<TaskRecord>of() : record.tasks()) {
            if (left.get(task.task().id()) instanceof Resumption.Pending) {
                remaining.put(task.task().id(), task.task());
            }
        }
        while (remaining
                .values()
                .removeIf(task ->
                        task.dependsOn().stream().anyMatch(id -> !landed.contains(id) && !remaining.containsKey(id)))) {
            log.atDebug().addKeyValue("run", record.run()).log("Left out what depends on a task that did not land");
        }
        List<Task> tasks = remaining.values().stream()
                .map(task -> independentOf(task, landed))
                .toList();
        return new RecoveredRun(report, tasks);
    }

    private static Task independentOf(Task task, Set<String> landed) {
        Set<String> dependencies = task.dependsOn().stream()
                .filter(id -> !landed.contains(id))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return new Task(
                task.id(),
                task.title(),
                task.spec(),
                task.specFile(),
                task.declared(),
                dependencies,
                task.priority(),
                task.effort());
    }

    /** What would be done about an attempt to take a landing back, without doing anything. */
    static RecoveryStep plan(RunRecord undo, String landing) {
        return new RecoveryStep(
                undo.run(),
                landing,
                "was being taken back: that is done if the target was moved, and else to be asked for anew");
    }

    /** What would be done, without doing anything. */
    static String plan(TaskRecord task, String run, Survivors survivors) {
        if (task.outcome().isPresent()) {
            return "is over: " + task.outcome().get().describe();
        } else if (!task.landings().isEmpty()) {
            return "was landing: is taken for landed if the target holds it, else landed anew";
        } else if (task.end().isPresent()) {
            return "its agent had ended (" + task.end().get().describe() + "): its work is landed or rescued";
        } else if (task.identity(run).isPresent()) {
            return survivors == Survivors.ADOPT
                    ? "its agent is waited for if it runs, else judged by the exit code it left"
                    : "its agent is ended if it runs, and its work rescued";
        }
        return "had not started: remains to be done";
    }
}
