package io.github.espalier.examples.cli;

import io.github.espalier.examples.view.DisplayText;
import io.github.espalier.worktree.WorktreePool;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists the worktrees that wait for their next task. */
@Command(
        name = "pool",
        description =
                "Lists the worktrees that 'run --pool' keeps for their next tasks; with --clear it removes them. They"
                        + " hold nothing of anybody's.")
final class PoolCommand implements Callable<Integer> {
    private static final double MEBIBYTE = 1 << 20;

    @Spec
    private CommandSpec spec;

    @Mixin
    private RepositoryOption repository;

    @Option(names = "--clear", description = "removes them all")
    private boolean clear;

    @Override
    public Integer call() {
        WorktreePool pool = WorktreePool.of(repository.open());
        List<WorktreePool.Waiting> waiting = pool.waiting();
        PrintWriter out = spec.commandLine().getOut();
        waiting.forEach(one -> out.println(DisplayText.clean(String.format(
                Locale.ROOT,
                "%s  since %s  %.1f MiB  %s",
                one.base(),
                one.since(),
                one.bytes() / MEBIBYTE,
                one.directory()))));
        out.println(clear ? "Removed: " + pool.clear() : "Waiting: " + waiting.size());
        out.flush();
        return Failures.OK;
    }
}
