package io.github.espalier.coordinator;

import org.junit.jupiter.api.Assumptions;

/** Sandboxes as tests need them. */
final class Sandboxes {
    private Sandboxes() {}

    /** Skips the test where this machine can make none. */
    static SandboxedLauncher around(CommandLauncher launcher) {
        SandboxedLauncher sandboxed = InstanceLauncher.sandboxed(launcher);
        try {
            sandboxed.requireSandbox();
        } catch (LaunchException e) {
            Assumptions.abort(e.getMessage());
        }
        return sandboxed;
    }

    static SandboxedLauncher shell(String script) {
        return around(InstanceLauncher.command("sh", "-c", script));
    }
}
