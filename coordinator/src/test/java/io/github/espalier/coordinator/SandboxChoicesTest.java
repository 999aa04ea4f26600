package io.github.espalier.coordinator;

import static io.github.espalier.coordinator.TestHost.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a host can choose for its sandboxes. */
@ExtendWith(UntouchedCheckouts.class)
@Timeout(120)
class SandboxChoicesTest {
    @TempDir
    Path folder;

    private TestHost host;

    @BeforeEach
    void makeRepository() {
        host = TestHost.in(folder.resolve("host"));
    }

    private static SandboxedLauncher agent(String script, Object... arguments) {
        List<String> argv = new ArrayList<>(List.of("sh", "-c", script, "agent"));
        List.of(arguments).forEach(argument -> argv.add(argument.toString()));
        return Sandboxes.around(InstanceLauncher.command(argv));
    }

    private RunReport run(InstanceLauncher launcher) {
        return host.builder(launcher).build().run(List.of(task("a", "a.txt")));
    }

    private String printed(InstanceLauncher launcher) throws IOException {
        RunReport report = run(launcher);
        assertThat(report.task("a").exitCode()).as(report.toString()).hasValue(0);
        return Files.readString(report.task("a").log().orElseThrow());
    }

    @Test
    void reachesTheNetworkUnlessItIsOff() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Boolean> reached =
                    CompletableFuture.supplyAsync(() -> accept(server), task -> new Thread(task, "accepts").start());
            SandboxedLauncher agent =
                    agent("git ls-remote \"$1\" 2>&1; true", "git://127.0.0.1:" + server.getLocalPort() + "/x");

            assertThat(printed(agent.network(false))).contains("unable to connect");
            assertThat(reached).isNotDone();

            assertThat(printed(agent)).doesNotContain("unable to connect");
            assertThat(reached.join()).isTrue();
        }
    }

    private static boolean accept(ServerSocket server) {
        try (Socket connection = server.accept()) {
            return connection.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void writesWhereItMay() throws IOException {
        Path cache = Files.createDirectories(folder.resolve("cache"));
        Path inCheckout = Files.createDirectories(host.repository().directory().resolve("build/cache"));

        printed(agent("echo x > \"$1/x\" && echo y > \"$2/y\"", cache, inCheckout)
                .writable(cache, inCheckout));

        assertThat(cache.resolve("x")).hasContent("x");
        assertThat(inCheckout.resolve("y")).hasContent("y");
        Files.delete(inCheckout.resolve("y"));
    }

    @Test
    void isNotStartedWhereTheRepositoryWouldBeWritable() throws IOException {
        for (Path wide :
                List.of(Path.of("/"), folder.resolve("host"), host.repository().directory(), folder.resolve("no"))) {
            RunReport report = run(agent("true").writable(wide));

            assertThat(report.task("a").outcome())
                    .isInstanceOfSatisfying(
                            TaskOutcome.InstanceFailed.class,
                            failed -> assertThat(failed.detail()).contains(wide.toString(), "writable"));
        }
    }

    @Test
    void readsWhatIsHiddenOnlyIfItMay() throws IOException {
        Path tools = Files.createDirectories(folder.resolve("tools"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), tools);
        Files.writeString(tools.resolve("tool.txt"), "tool\n");
        SandboxedLauncher agent = agent("cat \"$1/tool.txt\" || echo none; (echo x > \"$1/tool.txt\") || true", link);

        assertThat(printed(agent)).contains("none");
        assertThat(printed(agent.readable(link))).startsWith("tool\n");
        assertThat(tools.resolve("tool.txt")).hasContent("tool");
    }

    @Test
    void doesNotSeeWhatIsHidden() throws IOException {
        Path secret = host.repository().directory().resolve("src/App.java");
        Path secrets = host.repository().directory().resolve(".git/hooks");
        Files.writeString(secrets.resolve("pre-commit"), "#!/bin/sh\n");
        SandboxedLauncher agent = agent("cat \"$1\"; ls -A \"$2\"", secret, secrets);

        assertThat(printed(agent)).contains("class App", "pre-commit");
        assertThat(printed(agent.hidden(secret, secrets, folder.resolve("no"))))
                .doesNotContain("class App", "pre-commit")
                .contains("Permission denied");
    }

    @Test
    void findsProgramsInATemporaryFolderOnThePathUnlessThatIsHidden() throws IOException {
        Path programs = Files.createDirectories(folder.resolve("programs"));
        Files.writeString(programs.resolve("tool.txt"), "tool\n");
        CommandLauncher command = InstanceLauncher.command("sh", "-c", "cat \"$TOOLS/tool.txt\" || true")
                .environment(Map.of("TOOLS", programs.toString(), "PATH", System.getenv("PATH") + ":" + programs));

        assertThat(printed(Sandboxes.around(command))).isEqualTo("tool\n");
        assertThat(printed(Sandboxes.around(command).hidden(programs))).doesNotContain("tool\n");
    }

    @Test
    void seesTheRepositoryInAFolderThatIsHidden() throws IOException {
        Path beside = Files.writeString(folder.resolve("host/beside.txt"), "x");

        String printed =
                printed(agent("cat \"$1\" || git log -1 --format=%s", beside).hidden(folder.resolve("host")));

        assertThat(printed).contains("Add sources");
    }

    @Test
    void startsAProgramThatLiesInATemporaryFolder() throws IOException {
        Path program = Files.writeString(folder.resolve("agent.sh"), "#!/bin/sh\necho started\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();

        assertThat(printed(Sandboxes.around(InstanceLauncher.command(program.toString()))))
                .isEqualTo("started\n");
    }

    @Test
    void refusesBranchesThatShareAFolderWithTheTarget() {
        SandboxedLauncher sandboxed = agent("true");
        for (String template : List.of("{id}", "agents/{id}")) {
            host.repository().git("branch", "-f", "agents/target", TestHost.TARGET);

            assertThatThrownBy(() -> host.builder(sandboxed)
                            .target("agents/target")
                            .branch(template)
                            .build())
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining(template)
                    .hasMessageContaining("folder");
        }
    }

    @Test
    void wrapsOnlyWhatStartsACommand() {
        CommandLauncher command = InstanceLauncher.command("true");

        assertThat(InstanceLauncher.sandboxed(command).network(false))
                .isNotEqualTo(InstanceLauncher.sandboxed(command));
        assertThatThrownBy(() -> InstanceLauncher.sandboxed((CommandLauncher) Proxy.newProxyInstance(
                        CommandLauncher.class.getClassLoader(),
                        new Class<?>[] {CommandLauncher.class},
                        (proxy, method, arguments) -> "another")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("InstanceLauncher.command");
    }
}
