package io.github.espalier.examples.cli;

import io.github.espalier.coordinator.CommandLauncher;
import io.github.espalier.coordinator.InstanceLauncher;
import io.github.espalier.coordinator.SandboxedLauncher;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** Whether and how agents are fenced in. */
final class SandboxOptions {
    @Option(
            names = "--sandbox",
            description =
                    "agents can write their worktree, a private /tmp and commits on their branch, and nothing else;"
                            + " needs Linux with bubblewrap")
    private boolean sandbox;

    @Option(names = "--no-network", description = "agents in a sandbox have no network")
    private boolean offline;

    @Option(
            names = "--writable",
            paramLabel = "PATH",
            description = "a folder or file that agents in a sandbox can write besides; may be given several times")
    private List<Path> writable = List.of();

    InstanceLauncher around(CommandLauncher launcher) {
        if (!sandbox) {
            requireNone("--no-network", offline);
            requireNone("--writable", !writable.isEmpty());
            return launcher;
        }
        SandboxedLauncher sandboxed = InstanceLauncher.sandboxed(launcher).network(!offline);
        return sandboxed.writable(writable.toArray(Path[]::new));
    }

    private static void requireNone(String option, boolean given) {
        if (given) {
            throw new MisuseException(option + " is about a sandbox; add --sandbox");
        }
    }
}
