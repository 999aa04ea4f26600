package io.github.espalier.coordinator.internal;

import io.github.espalier.coordinator.CoordinatorException;
import io.github.espalier.coordinator.FailureReason;
import io.github.espalier.coordinator.Instance;
import io.github.espalier.coordinator.InstanceName;
import io.github.espalier.coordinator.LaunchRequest;
import io.github.espalier.coordinator.RunEvent;
import io.github.espalier.coordinator.TaskOutcome;
import io.github.espalier.separator.Task;
import io.github.espalier.worktree.Worktree;
import io.github.espalier.worktree.WorktreeExistsException;
import io.github.espalier.worktree.WorktreeRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From a task to a running agent: a worktree at the landing line's tip, its set-up, the launch. Thread-safe. */
final class Launching {
    private static final Logger log = LoggerFactory.getLogger(Launching.class);
    private static final int MOST_NAMES = 100;

    private final RunContext context;
    private final LandingLine line;
    private final Setup setup;
    private final Guard guard;
    private volatile boolean stopped;

    Launching(RunContext context, LandingLine line, Guard guard) {
        this.context = context;
        this.line = line;
        this.guard = guard;
        setup = new Setup(context);
    }

    /** Lets no other agent start. */
    void stop() {
        stopped = true;
    }

    Launched launch(Task task, int attempt) {
        List<String> notes = new ArrayList<>();
        FailureReason stage = FailureReason.WORKTREE;
        Optional<Worktree> worktree = Optional.empty();
        try {
            Worktree made = addWorktree(task, attempt, notes);
            worktree = Optional.of(made);
            guard.begin(task, made);
            stage = FailureReason.SETUP;
            notes.addAll(setup.prepare(task.id(), made, context.folder(task.id(), "setup-" + attempt)));
            if (stopped) {
                return new Launched(worktree, Optional.empty(), Optional.of(new TaskOutcome.Cancelled()), notes);
            }
            stage = FailureReason.LAUNCH;
            return new Launched(worktree, Optional.of(start(task, attempt, made)), Optional.empty(), notes);
        } catch (RuntimeException | Error e) { // of the host's launcher too
            log.atWarn()
                    .addKeyValue("task", task.id())
                    .addKeyValue("stage", stage)
                    .setCause(e)
                    .log("Could not start");
            TaskOutcome failure = new TaskOutcome.InstanceFailed(stage, String.valueOf(e.getMessage()));
            return new Launched(worktree, Optional.empty(), Optional.of(failure), notes);
        }
    }

    /** Takes the first name that is free. A later attempt never takes an earlier one's: that may still be at work. */
    private Worktree addWorktree(Task task, int attempt, List<String> notes) {
        String base = line.tip();
        WorktreeExistsException inTheWay = null;
        for (int n = attempt; n < attempt + MOST_NAMES; n++) {
            WorktreeRequest request = new WorktreeRequest(
                    context.names().directory(task.id(), n), context.names().branch(task.id(), n), base);
            context.journal()
                    .intent(
                            "worktree",
                            Map.of(
                                    "task", task.id(),
                                    "attempt", attempt,
                                    "directory", request.directory(),
                                    "branch", request.branch(),
                                    "base", base));
            try {
                Worktree worktree = context.worktrees().add(request);
                noteName(worktree, inTheWay, notes);
                context.journal()
                        .result(
                                "worktree",
                                Map.of(
                                        "task", task.id(),
                                        "directory", worktree.directory(),
                                        "gitDirectory", worktree.gitDirectory(),
                                        "adopted", worktree.adopted()));
                context.publish(now -> new RunEvent.WorktreeReady(
                        now, task.id(), attempt, worktree.directory(), worktree.branch(), base));
                return worktree;
            } catch (WorktreeExistsException e) {
                inTheWay = inTheWay == null ? e : inTheWay;
            }
        }
        throw inTheWay == null ? new IllegalStateException("no name was tried") : inTheWay;
    }

    private static void noteName(Worktree worktree, @Nullable WorktreeExistsException inTheWay, List<String> notes) {
        if (inTheWay != null) {
            notes.add(inTheWay.inTheWay() + " was there already and was left alone; " + worktree.directory()
                    + " on branch " + worktree.branch() + " was used instead");
        } else if (worktree.adopted()) {
            notes.add(worktree.directory() + " was left from before, unchanged, and was used again");
        }
    }

    private Instance start(Task task, int attempt, Worktree worktree) {
        Path folder = context.folder(task.id(), String.valueOf(attempt));
        InstanceName name = new InstanceName(context.run(), task.id(), attempt);
        context.journal().intent("launch", Map.of("task", task.id(), "attempt", attempt, "folder", folder));
        LaunchRequest request =
                new LaunchRequest(name, task, worktree, context.repository(), specFile(task, folder), folder);
        Instance instance = context.configuration().launcher().launch(request);
        return Objects.requireNonNull(instance, "the launcher returned no instance");
    }

    private static Path specFile(Task task, Path folder) {
        if (task.specFile().isPresent()) {
            return task.specFile().get().toAbsolutePath();
        }
        try {
            return Files.writeString(folder.resolve("spec.md"), task.spec());
        } catch (IOException e) {
            throw new CoordinatorException(
                    folder + ": the task's specification cannot be written there (" + e + "); make it writable", e);
        }
    }
}
