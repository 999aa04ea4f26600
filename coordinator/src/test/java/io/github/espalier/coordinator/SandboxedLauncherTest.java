package io.github.espalier.coordinator;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Agents in a sandbox are processes like others to whoever watches them. */
@ResourceLock(ProcessLauncherContract.SLEEPERS)
class SandboxedLauncherTest {
    @Nested
    class EndingWithTheHost extends NamespaceContract {
        @Override
        InstanceLauncher contained(CommandLauncher launcher) {
            return Sandboxes.around(launcher);
        }
    }

    @Nested
    class OutlivingTheHost extends NamespaceContract {
        @Override
        InstanceLauncher contained(CommandLauncher launcher) {
            return Sandboxes.around(launcher).endWithHost(false);
        }
    }
}
