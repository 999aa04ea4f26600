package io.github.espalier.coordinator.internal;

import io.github.espalier.coordinator.CoordinatorException;
import io.github.espalier.coordinator.WorktreeSetup;
import io.github.espalier.coordinator.internal.process.ManagedCommand;
import io.github.espalier.worktree.IgnoredFiles;
import io.github.espalier.worktree.Worktree;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Prepares a new worktree: copies and links ignored files of the main one, then runs commands. */
final class Setup {
    private final WorktreeSetup setup;
    private final IgnoredFiles ignored;

    Setup(RunContext context) {
        setup = context.configuration().worktrees().setup();
        ignored = IgnoredFiles.of(context.repository());
    }

    /** Returns what a person should know; throws if a part of it fails. */
    List<String> prepare(String task, Worktree worktree, Path folder) {
        List<String> notes = new ArrayList<>();
        ignored.copyInto(worktree, setup.copies());
        ignored.linkInto(worktree, setup.links());
        int number = 0;
        for (List<String> argv : setup.commands()) {
            Path log = folder.resolve("command-" + ++number + ".log");
            ManagedCommand.Result result =
                    ManagedCommand.run(argv, worktree.directory(), log, setup.commandTimeLimit());
            if (!result.succeeded()) {
                throw new CoordinatorException(
                        "set-up command " + argv + " of task \"" + task + "\": " + result.describe() + "; see " + log);
            }
        }
        return notes;
    }
}
