package io.github.espalier.coordinator;

import io.github.espalier.resources.ResourceMonitor;
import io.github.espalier.separator.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A host program in a JVM of its own, so that it can be killed. */
final class ChildHost implements AutoCloseable {
    private final Process process;

    private ChildHost(Process process) {
        this.process = process;
    }

    static ChildHost start(Path repository, String script, Task... tasks) throws IOException {
        return start(repository, script, "", Map.of(), tasks);
    }

    /** Its run verifies what it lands. */
    static ChildHost verifying(Path repository, String script, Task... tasks) throws IOException {
        return start(repository, script, "true", Map.of(), tasks);
    }

    static ChildHost start(
            Path repository, String script, String verification, Map<String, String> environment, Task... tasks)
            throws IOException {
        return start(List.of(), repository, script, verification, environment, tasks);
    }

    /** One that may read and write no more than the permissions of files say, even where tests run as root. */
    static ChildHost unprivileged(Path repository, String script, Task... tasks) throws IOException {
        List<String> prefix = List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all");
        return start(prefix, repository, script, "", Map.of(), tasks);
    }

    private static ChildHost start(
            List<String> prefix,
            Path repository,
            String script,
            String verification,
            Map<String, String> environment,
            Task... tasks)
            throws IOException {
        List<String> argv = new ArrayList<>(prefix);
        argv.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                ChildHost.class.getName(),
                repository.toString(),
                script,
                verification));
        for (Task task : tasks) {
            argv.add(task.id() + "|" + String.join(",", task.dependsOn()) + "|"
                    + task.declared().get(0).path());
        }
        ProcessBuilder builder = new ProcessBuilder(argv)
                .redirectErrorStream(true)
                .redirectOutput(repository.resolveSibling("host.log").toFile());
        builder.environment().putAll(environment);
        return new ChildHost(builder.start());
    }

    /** Runs tasks {@code id|dependencies|path}; or takes the landing back that {@code UNDO} names. */
    public static void main(String[] arguments) {
        List<Task> tasks = Arrays.stream(arguments)
                .skip(3)
                .map(text -> text.split("\\|", -1))
                .map(words -> Task.builder(words[0])
                        .title("Task " + words[0])
                        .dependsOn(words[1].isEmpty() ? new String[0] : words[1].split(",", -1))
                        .declare(words[2])
                        .build())
                .toList();
        CoordinatorBuilder builder = Coordinator.builder()
                .repository(Path.of(arguments[0]))
                .target(TestHost.TARGET)
                .launcher(InstanceLauncher.command("sh", "-c", arguments[1]))
                .maxInstances(3)
                .stopGrace(Duration.ofSeconds(2))
                .resources(ResourceMonitor.unlimited());
        if (!arguments[2].isEmpty()) {
            builder.verify(Verification.command("sh", "-c", arguments[2]));
        }
        String resolver = System.getenv("RESOLVER");
        if (resolver != null) {
            builder.onConflict(ConflictPolicy.resolve(ConflictResolver.command("sh", "-c", resolver)));
        }
        String landing = System.getenv("UNDO");
        boolean done = landing == null
                ? builder.build().run(tasks).success()
                : builder.build().undo(landing, Undo.REVERT) instanceof UndoOutcome.Undone;
        System.exit(done ? 0 : 1);
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** SIGKILL, and nothing else. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    int await() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("the host did not end");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        kill();
    }
}
