package io.github.espalier.examples.cli;

import io.github.espalier.coordinator.CoordinatorBuilder;
import io.github.espalier.coordinator.UncommittedWork;
import io.github.espalier.resources.ResourceLimits;
import io.github.espalier.worktree.PoolOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a run is to be done; applied to a coordinator's builder. */
final class RunOptions {
    @Option(
            names = "--agent",
            required = true,
            paramLabel = "'ARGV…'",
            description =
                    "the agent's program and arguments, split as a shell splits words; no shell runs. {task}, {title},"
                            + " {spec}, {worktree}, {branch}, {base}, {repository} and {run} are replaced")
    private String agent;

    @Option(
            names = "--max-instances",
            paramLabel = "N",
            defaultValue = "2",
            description = "agents at once; 2 by default")
    private int maxInstances;

    @Option(
            names = "--ceiling",
            paramLabel = "N",
            defaultValue = "3",
            description = "the most that --max-instances may be; 3 by default")
    private int ceiling;

    @Option(names = "--timeout", paramLabel = "30m", description = "time limit of each agent; none by default")
    private @Nullable String timeout;

    @Mixin
    private LandingOptions landing;

    @Option(
            names = "--uncommitted",
            paramLabel = "commit|rescue",
            defaultValue = "commit",
            description = "what becomes of work that an agent left uncommitted; commit by default")
    private Uncommitted uncommitted;

    @Option(names = "--cpu", paramLabel = "80", defaultValue = "80", description = "most processor load, in percent")
    private String cpu;

    @Option(names = "--memory", paramLabel = "80", defaultValue = "80", description = "most memory in use, in percent")
    private String memory;

    @Option(names = "--disk", paramLabel = "1GiB", defaultValue = "1GiB", description = "least free disk space")
    private String disk;

    @Option(
            names = "--pool",
            paramLabel = "N",
            description =
                    "keeps up to N worktrees for their next tasks, in this run and later ones; see 'espalier pool'")
    private @Nullable Integer pool;

    @Mixin
    private SandboxOptions sandbox;

    /** Policies for uncommitted work, in the command line's words. */
    enum Uncommitted {
        COMMIT(UncommittedWork.COMMIT),
        RESCUE(UncommittedWork.RESCUE);

        private final UncommittedWork work;

        Uncommitted(UncommittedWork work) {
            this.work = work;
        }
    }

    void applyTo(CoordinatorBuilder builder) {
        if (Quantities.atLeastOne("--max-instances", maxInstances) > ceiling) {
            throw new MisuseException("--max-instances " + maxInstances + " is above the ceiling of " + ceiling
                    + "; add --ceiling " + maxInstances + " if the machine bears it");
        }
        builder.launcher(sandbox.around(OptionText.agent("--agent", agent)))
                .maxInstances(maxInstances)
                .ceiling(ceiling)
                .uncommittedWork(uncommitted.work)
                .limits(new ResourceLimits(
                        OptionText.read("--cpu", cpu, Quantities::percent),
                        OptionText.read("--memory", memory, Quantities::percent),
                        OptionText.read("--disk", disk, Quantities::size)));
        if (timeout != null) {
            builder.timeLimit(OptionText.read("--timeout", timeout, Quantities::duration));
        }
        if (pool != null) {
            builder.pool(PoolOptions.defaults().withMost(Quantities.atLeastOne("--pool", pool)));
        }
        landing.applyTo(builder);
    }
}
