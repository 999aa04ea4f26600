package io.github.espalier.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.espalier.coordinator.CommandLauncher.Containment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Agents as processes, kept together in either way. */
class CommandLauncherTest {
    /** Three ways to get away from one's parent. */
    private static final String SETSID = "setsid sleep 601 & echo started; wait";

    private static final String DOUBLE_FORK = "(sleep 602 &) ; echo started; sleep 600";
    private static final String WITHOUT_ENVIRONMENT = "(setsid env -i sleep 603 &) ; echo started; sleep 600";

    abstract static class Both extends InstanceLauncherContract {
        abstract Containment containment();

        @Override
        CommandLauncher launcher(String script) {
            return InstanceLauncher.command(shell(script)).containment(containment());
        }

        @AfterEach
        void leavesNoProcess() {
            Awaitility.await().untilAsserted(() -> assertThat(sleepers()).isEmpty());
        }

        /** Processes of the scripts above, by their unmistakable arguments. */
        static List<ProcessHandle> sleepers() {
            return ProcessHandle.allProcesses()
                    .filter(process -> process.info().arguments().map(List::of).orElse(List.of()).stream()
                            .anyMatch(argument -> argument.matches("60[0-9]")))
                    .filter(process -> process.info().command().orElse("").endsWith("sleep"))
                    .toList();
        }

        @ParameterizedTest
        @ValueSource(strings = {SETSID, DOUBLE_FORK})
        void endsWhatDetachesButKeepsItsEnvironment(String script) throws Exception {
            Instance instance = launch(script);
            awaitPrinted(instance, "started");

            instance.stop(Duration.ZERO);

            assertThat(end(instance)).isEqualTo(new InstanceEnd.Stopped(true));
            assertThat(sleepers()).isEmpty();
        }

        @Test
        void endsFiveHundredChildren() throws Exception {
            Instance instance =
                    launch("i=0; while [ $i -lt 500 ]; do sleep 604 & i=$((i+1)); done; echo started; wait");
            awaitPrinted(instance, "started");
            assertThat(instance.usage().orElseThrow().processes()).isGreaterThan(500);

            instance.stop(Duration.ZERO);

            end(instance);
            assertThat(sleepers()).isEmpty();
        }

        @Test
        void endsWhatAnAgentLeavesBehindWhenItEndsByItself() throws Exception {
            assertThat(end(launch("setsid sleep 605 & sleep 606 & exit 0"))).isEqualTo(new InstanceEnd.Exited(0));
            assertThat(sleepers()).isEmpty();
        }

        @Test
        void keepsTheLogUnderItsLimit() throws Exception {
            Instance instance = launcher(
                            "i=0; while [ $i -lt 300 ]; do printf '%01000d\\n' $i; i=$((i+1)); done; echo last; exec sleep 600")
                    .logLimit(100_000)
                    .launch(request(1));
            awaitPrinted(instance, "last");
            Path log = instance.log().file().orElseThrow();

            Awaitility.await().until(() -> Files.size(log) <= 100_000);

            assertThat(printed(instance)).contains("older output was dropped").endsWith("last\n");
            instance.stop(Duration.ZERO);
            end(instance);
        }

        @Test
        void isFoundAgainWhileItRuns() throws Exception {
            Instance instance = launch("echo ready; sleep 600; exit 9");
            awaitPrinted(instance, "ready");

            Instance found = launcher("another").find(instance.identity()).orElseThrow();

            assertThat(found.completion().toCompletableFuture()).isNotDone();
            assertThat(found.log().lastLine()).contains("ready");
            found.stop(Duration.ZERO);
            assertThat(end(found)).isEqualTo(new InstanceEnd.Stopped(true));
            end(instance);
        }

        @Test
        void isFoundAgainAfterItsEndByItsExitCode() throws Exception {
            Instance instance = launch("exit 9");
            end(instance);

            assertThat(end(launcher("another").find(instance.identity()).orElseThrow()))
                    .isEqualTo(new InstanceEnd.Exited(9));
        }

        @Test
        void hasAnUnknownEndWhereItLeftNoExitCode() throws Exception {
            Instance instance = launch("exit 9");
            end(instance);
            Files.delete(Path.of(instance.identity().properties().get("exitFile")));

            assertThat(end(launcher("another").find(instance.identity()).orElseThrow()))
                    .isInstanceOf(InstanceEnd.Unknown.class);
        }

        @Test
        void isNotTakenForAnotherProcessOfItsId() throws Exception {
            Instance instance = launch("echo ready; sleep 600");
            awaitPrinted(instance, "ready");
            Map<String, String> properties = new HashMap<>(instance.identity().properties());
            properties.put("startTicks", "1");

            Instance found = launcher("another")
                    .find(new InstanceIdentity(instance.identity().name(), properties))
                    .orElseThrow();

            assertThat(end(found)).isInstanceOf(InstanceEnd.Unknown.class);
            instance.stop(Duration.ZERO);
            end(instance);
        }
    }

    @Nested
    class ByCookie extends Both {
        @Override
        Containment containment() {
            return Containment.COOKIE;
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
    class InANamespace extends Both {
        @Override
        Containment containment() {
            Assumptions.assumeTrue(
                    InstanceLauncher.command("true").effectiveContainment() == Containment.NAMESPACE,
                    "this machine offers no PID namespace");
            return Containment.NAMESPACE;
        }

        @Test
        void endsEvenWhatDetachesAndEmptiesItsEnvironment() throws Exception {
            Instance instance = launch(WITHOUT_ENVIRONMENT);
            awaitPrinted(instance, "started");
            Awaitility.await().until(() -> sleepers().size() == 2);

            instance.stop(Duration.ZERO);

            end(instance);
            Awaitility.await().untilAsserted(() -> assertThat(sleepers()).isEmpty());
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
