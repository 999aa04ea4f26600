package io.github.espalier.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.espalier.coordinator.CommandLauncher.Containment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Agents as processes, kept together in either way. */
@ResourceLock(ProcessLauncherContract.SLEEPERS)
class CommandLauncherTest {
    @Nested
    class ByCookie extends ProcessLauncherContract {
        @Override
        InstanceLauncher contained(CommandLauncher launcher) {
            return launcher.containment(Containment.COOKIE);
        }

        @Test
        void cannotReachWhatDetachesAndEmptiesItsEnvironment() throws Exception {
            Instance instance = launch(WITHOUT_ENVIRONMENT);
            awaitPrinted(instance, "started");
            Awaitility.await().until(() -> sleepers().size() == 2);

            instance.stop(Duration.ZERO);
            end(instance);

            assertThat(sleepers()).hasSize(1).allMatch(ProcessHandle::destroyForcibly);
        }
    }

    @Nested
    class InANamespace extends NamespaceContract {
        @Override
        InstanceLauncher contained(CommandLauncher launcher) {
            Assumptions.assumeTrue(
                    launcher.effectiveContainment() == Containment.NAMESPACE, "this machine offers no PID namespace");
            return launcher.containment(Containment.NAMESPACE);
        }
    }

    @Nested
    class Words extends InstanceLauncherContract {
        @Override
        InstanceLauncher launcher(String script) {
            return InstanceLauncher.command(shell(script));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "$(touch pwned)",
                    "; touch pwned",
                    "`touch pwned`",
                    "a b",
                    "'",
                    "\"",
                    "\\",
                    "-rf",
                    "--",
                    "*",
                    "line\nbreak",
                    "{unknown}",
                    "{task",
                    "}",
                    "ž",
                    ""
                })
        void handsArgumentsOverAsTheyAre(String argument) throws Exception {
            Instance instance =
                    InstanceLauncher.command("printf", "<%s>", argument).launch(request(1));
            end(instance);

            assertThat(printed(instance)).isEqualTo("<" + argument + ">");
        }

        @Test
        void fillsNamesInOnce() throws Exception {
            LaunchRequest plain = request(1);
            LaunchRequest tricky = new LaunchRequest(
                    plain.name(),
                    io.github.espalier.separator.Task.builder("a")
                            .title("{task} $0 \\1")
                            .build(),
                    plain.worktree(),
                    plain.repository(),
                    plain.specFile(),
                    plain.stateDirectory());
            Instance instance = InstanceLauncher.command("printf", "%s|%s", "{title}", "x{task}y{spec}")
                    .launch(tricky);
            end(instance);

            assertThat(printed(instance)).isEqualTo("{task} $0 \\1|xay" + plain.specFile());
        }

        @Test
        void passesOnlyTheVariablesThatAreAllowed() throws Exception {
            Instance instance = InstanceLauncher.command("env")
                    .allowEnvironment("PATH")
                    .environment(Map.of("MINE", "1"))
                    .launch(request(1));
            end(instance);
            Stream<String> names = printed(instance).lines().map(line -> line.replaceFirst("=.*", ""));

            assertThat(names.filter(name -> !name.startsWith("ESPALIER_")
                            && !List.of("PWD", "OLDPWD", "SHLVL", "_").contains(name)))
                    .containsExactlyInAnyOrder("PATH", "MINE");
        }

        @Test
        void saysWhichProgramCannotBeStartedBeforeAnythingRuns() throws IOException {
            Path plain = Files.writeString(folder.resolve("plain.sh"), "#!/bin/sh\n");

            for (String program : List.of("no-such-program", plain.toString(), folder.toString(), "./missing")) {
                assertThatThrownBy(() -> InstanceLauncher.command(program).launch(request(1)))
                        .isInstanceOfSatisfying(
                                LaunchException.class,
                                e -> assertThat(e.program()).isEqualTo(program));
                assertThatThrownBy(() -> InstanceLauncher.command(program).requireProgram(folder))
                        .isInstanceOf(LaunchException.class);
            }
            assertThatThrownBy(() -> InstanceLauncher.command()).isInstanceOf(LaunchException.class);
            assertThatThrownBy(() -> InstanceLauncher.command("x").logLimit(1))
                    .isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void findsAProgramInTheWorktree() throws Exception {
            LaunchRequest request = request(1);
            Path script = Files.writeString(request.worktree().directory().resolve("agent.sh"), "#!/bin/sh\nexit 8\n");
            assertThat(script.toFile().setExecutable(true)).isTrue();

            assertThat(end(InstanceLauncher.command("./agent.sh").launch(request)))
                    .isEqualTo(new InstanceEnd.Exited(8));
        }
    }
}
