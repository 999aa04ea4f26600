package io.github.espalier.examples.cli;

import io.github.espalier.coordinator.CoordinatorBuilder;
import io.github.espalier.coordinator.InstanceLauncher;
import io.github.espalier.coordinator.UncommittedWork;
import io.github.espalier.resources.ResourceLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
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
        builder.launcher(sandbox.around(InstanceLauncher.command(fromHere(command("--agent", agent)))))
                .maxInstances(maxInstances)
                .ceiling(ceiling)
                .uncommittedWork(uncommitted.work)
                .limits(new ResourceLimits(
                        read("--cpu", cpu, Quantities::percent),
                        read("--memory", memory, Quantities::percent),
                        read("--disk", disk, Quantities::size)));
        if (timeout != null) {
            builder.timeLimit(read("--timeout", timeout, Quantities::duration));
        }
        landing.applyTo(builder);
    }

    static List<String> command(String option, String text) {
        List<String> words = read(option, text, Words::split);
        if (words.isEmpty()) {
            throw new MisuseException(option + " is empty; give a program and its arguments");
        }
        return words;
    }

    private static <T> T read(String option, String text, Function<String, T> reading) {
        try {
            return reading.apply(text);
        } catch (MisuseException e) {
            throw new MisuseException(option + ": " + e.getMessage());
        }
    }

    /** Agents start in their worktrees; but a program is named from where the command is typed. */
    static List<String> fromHere(List<String> words) {
        String program = words.get(0);
        Path file = Path.of("").toAbsolutePath().resolve(program).normalize();
        if (!program.contains("/") || !Files.isRegularFile(file)) {
            return words;
        }
        List<String> absolute = new ArrayList<>(words);
        absolute.set(0, file.toString());
        return absolute;
    }
}
