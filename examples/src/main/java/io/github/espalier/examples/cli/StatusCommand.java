package io.github.espalier.examples.cli;

import io.github.espalier.coordinator.CoordinatorException;
import io.github.espalier.coordinator.RunHistory;
import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.Refs;
import io.github.espalier.worktree.Rescues;
import io.github.espalier.worktree.WorktreeManager;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What there is in a repository of ours. */
@Command(
        name = "status",
        description = "Lists worktrees, runs, the last landings, rescues and held landings. Changes nothing.")
final class StatusCommand implements Callable<Integer> {
    private static final String HELD = "refs/espalier/held/";

    @Spec
    private CommandSpec spec;

    @Mixin
    private RepositoryOption repository;

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "10",
            description = "how many runs, newest first; 10 by default")
    private int most;

    @Override
    public Integer call() {
        GitRepository opened = repository.open();
        PrintWriter out = spec.commandLine().getOut();
        StatusText text = new StatusText(out);
        try (WorktreeManager worktrees = WorktreeManager.of(opened)) {
            text.worktrees(worktrees.list());
        }
        Optional<CoordinatorException> damage = damage(text, RunHistory.of(opened), out);
        text.refs("Rescues", Refs.of(opened).list(Rescues.PREFIX));
        text.refs("Held landings", Refs.of(opened).list(HELD));
        out.flush();
        // Said last: what was rescued matters most to somebody whose journal is damaged.
        damage.ifPresent(e -> {
            throw e;
        });
        return Failures.OK;
    }

    /** Prints runs and landings; returns why it cannot. */
    private Optional<CoordinatorException> damage(StatusText text, RunHistory history, PrintWriter out) {
        try {
            text.runs(history.runs(), Math.max(0, most));
            text.landings(history.landings());
            text.undos(history.undos());
            return Optional.empty();
        } catch (CoordinatorException e) {
            out.println("Runs: not readable");
            return Optional.of(e);
        }
    }
}
