package io.github.espalier.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.espalier.worktree.TestRepository;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sandboxes and the host's own life and machine, seen from a JVM that a test can kill or starve. */
@Timeout(120)
class SandboxAndHostTest {
    private static final String STAY = "touch ready; sleep 617 & sleep 617; exit 9";

    @TempDir
    Path folder;

    private Process java(Map<String, String> environment, Class<?> main, String... arguments) throws IOException {
        List<String> argv = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        argv.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(argv)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("java.txt").toFile());
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** Starts a host whose agent stays, waits for the agent, and kills the host. */
    private InstanceIdentity killedHost(boolean endWithHost) throws Exception {
        Sandboxes.shell("true").endWithHost(endWithHost);
        TestRepository repository = TestRepository.create(folder.resolve("project"));
        Path identity = folder.resolve("identity");
        Process host = java(
                Map.of(),
                SandboxedHost.class,
                repository.directory().toString(),
                STAY,
                String.valueOf(endWithHost),
                identity.toString());
        try {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> (Files.exists(folder.resolve("project-wta/ready")) && Files.exists(identity))
                            || !host.isAlive());
            assertThat(host.isAlive())
                    .as(Files.readString(folder.resolve("java.txt")))
                    .isTrue();
            Awaitility.await().until(() -> sleepers() == 2);
        } finally {
            host.destroyForcibly().waitFor();
        }
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(identity)) {
            properties.load(in);
        }
        Map<String, String> all = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> all.put(name, properties.getProperty(name)));
        return new InstanceIdentity(SandboxedHost.NAME, all);
    }

    private static long sleepers() {
        return ProcessHandle.allProcesses()
                .filter(process -> List.of(process.info().arguments().orElse(new String[0]))
                        .equals(List.of("617")))
                .count();
    }

    @Test
    void endsWithAHostThatIsKilled() throws Exception {
        InstanceIdentity identity = killedHost(true);

        Awaitility.await().until(() -> sleepers() == 0);
        Instance found = Sandboxes.shell("true").find(identity).orElseThrow();
        assertThat(found.completion().toCompletableFuture().get(30, TimeUnit.SECONDS))
                .isInstanceOf(InstanceEnd.Unknown.class);
        assertThat(folder.resolve("project/.git/refs/heads/feature")).isDirectoryNotContaining("glob:**/.espalier*");
    }

    @Test
    void outlivesAHostThatIsKilledIfItIsToAndIsFoundAgain() throws Exception {
        InstanceIdentity identity = killedHost(false);

        Instance found = Sandboxes.shell("true").find(identity).orElseThrow();
        assertThat(sleepers()).isEqualTo(2);
        assertThat(found.completion().toCompletableFuture()).isNotDone();
        found.stop(Duration.ofSeconds(30));

        assertThat(found.completion().toCompletableFuture().get(30, TimeUnit.SECONDS))
                .isEqualTo(new InstanceEnd.Stopped(false));
        assertThat(sleepers()).isZero();
        assertThat(folder.resolve("project/.git/refs/heads/feature")).isDirectoryNotContaining("glob:**/.espalier*");
    }

    /** Builds a coordinator in a JVM that finds only these programs. */
    private String problems(Path programs) throws Exception {
        TestRepository repository = TestRepository.create(folder.resolve("project"));
        Process process = java(
                Map.of("PATH", programs.toString()),
                Builds.class,
                repository.directory().toString());
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return Files.readString(folder.resolve("java.txt"));
    }

    private Path programs(String... names) throws IOException {
        Path programs = Files.createDirectory(folder.resolve("programs"));
        for (String name : names) {
            for (String entry : System.getenv("PATH").split(File.pathSeparator, -1)) {
                Path program = Path.of(entry, name);
                if (Files.isExecutable(program) && Files.notExists(programs.resolve(name))) {
                    Files.createSymbolicLink(programs.resolve(name), program);
                }
            }
        }
        return programs;
    }

    @Test
    void isRefusedWithTheRemedyWhereBubblewrapIsMissing() throws Exception {
        assertThat(problems(programs("git", "sh", "setpriv")))
                .contains("2 problems", "\"bwrap\"", "install the package bubblewrap", "no-such-agent");
    }

    @Test
    void isRefusedWithTheRemedyWhereUserNamespacesAreClosed() throws Exception {
        Path programs = programs("git", "sh", "setpriv");
        Path bwrap = Files.writeString(
                programs.resolve("bwrap"),
                "#!/bin/sh\necho 'bwrap: No permissions to create new namespace' >&2\nexit 1\n");
        assertThat(bwrap.toFile().setExecutable(true)).isTrue();

        assertThat(problems(programs))
                .contains("\"bwrap\"", "No permissions to create new namespace", "max_user_namespaces");
    }

    /** Asks for a sandbox and for a program that does not exist, and says what is wrong. */
    static final class Builds {
        private Builds() {}

        public static void main(String[] arguments) {
            try {
                Coordinator.builder()
                        .repository(Path.of(arguments[0]))
                        .target("main")
                        .launcher(InstanceLauncher.sandboxed(InstanceLauncher.command("no-such-agent")))
                        .build();
                System.out.println("built");
            } catch (ConfigurationException e) {
                System.out.println(e.problems().size() + " problems: " + e.problems());
            }
        }
    }
}
