package io.github.espalier.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every launcher of processes on this machine must do besides: leave none, and find its own again. */
abstract class ProcessLauncherContract extends InstanceLauncherContract {
    /** Held by the classes that look for the processes of these scripts among all of the machine. */
    static final String SLEEPERS = "processes of the launchers' tests";

    /** Three ways to get away from one's parent. */
    private static final String SETSID = "setsid sleep 601 & echo started; wait";

    private static final String DOUBLE_FORK = "(sleep 602 &) ; echo started; sleep 600";
    static final String WITHOUT_ENVIRONMENT = "(setsid env -i sleep 603 &) ; echo started; sleep 600";

    /** The launcher under test, with this for its command. */
    abstract InstanceLauncher contained(CommandLauncher launcher);

    @Override
    InstanceLauncher launcher(String script) {
        return contained(InstanceLauncher.command(shell(script)));
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
        Instance instance = launch("i=0; while [ $i -lt 500 ]; do sleep 604 & i=$((i+1)); done; echo started; wait");
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
        String script =
                "i=0; while [ $i -lt 300 ]; do printf '%01000d\\n' $i; i=$((i+1)); done; echo last; exec sleep 600";
        Instance instance = contained(InstanceLauncher.command(shell(script)).logLimit(100_000))
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

    @ParameterizedTest
    @CsvSource({"startTicks, 1", "bootId, another", "cookie, ESPALIER_ANOTHER"})
    void isNotTakenForAnotherProcessOfItsId(String property, String other) throws Exception {
        Instance instance = launch("echo ready; sleep 600");
        awaitPrinted(instance, "ready");
        Map<String, String> properties = new HashMap<>(instance.identity().properties());
        properties.put(property, other);

        Instance found = launcher("another")
                .find(new InstanceIdentity(instance.identity().name(), properties))
                .orElseThrow();

        assertThat(end(found)).isInstanceOf(InstanceEnd.Unknown.class);
        instance.stop(Duration.ZERO);
        end(instance);
    }
}
