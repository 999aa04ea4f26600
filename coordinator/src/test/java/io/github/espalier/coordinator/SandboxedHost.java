package io.github.espalier.coordinator;

import io.github.espalier.separator.Task;
import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.TestRepository;
import io.github.espalier.worktree.Worktree;
import io.github.espalier.worktree.WorktreeManager;
import io.github.espalier.worktree.WorktreeRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;

/** A host in a JVM of its own: launches one agent, writes down its identity, and waits to be killed. */
final class SandboxedHost {
    static final InstanceName NAME = new InstanceName("run", "a", 1);

    private SandboxedHost() {}

    /** Repository, script, whether the agent ends with the host, file for the identity. */
    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        GitRepository repository = GitRepository.open(directory);
        Worktree worktree = WorktreeManager.of(repository)
                .add(new WorktreeRequest(
                        directory.resolveSibling("project-wta"),
                        "feature/a",
                        TestRepository.at(directory).head()));
        Path state = Files.createDirectories(directory.resolveSibling("state"));
        Path spec = Files.writeString(state.resolve("spec.md"), "text");
        Instance instance = InstanceLauncher.sandboxed(InstanceLauncher.command("sh", "-c", arguments[1]))
                .endWithHost(Boolean.parseBoolean(arguments[2]))
                .launch(new LaunchRequest(NAME, Task.builder("a").build(), worktree, repository, spec, state));
        write(instance.identity(), Path.of(arguments[3]));
        new CountDownLatch(1).await();
    }

    private static void write(InstanceIdentity identity, Path file) throws IOException {
        Properties properties = new Properties();
        properties.putAll(identity.properties());
        Path whole = file.resolveSibling(file.getFileName() + ".new");
        try (OutputStream out = Files.newOutputStream(whole)) {
            properties.store(out, null);
        }
        Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
