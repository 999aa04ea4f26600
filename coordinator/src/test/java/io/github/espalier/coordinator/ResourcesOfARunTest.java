package io.github.espalier.coordinator;

import static io.github.espalier.coordinator.TestHost.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.espalier.resources.ResourceLimits;
import io.github.espalier.resources.ResourceMonitor;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Tasks wait for room on the machine, and say so. */
@ExtendWith(UntouchedCheckouts.class)
@Timeout(120)
class ResourcesOfARunTest {
    @TempDir
    Path folder;

    @Test
    void waitsAndSaysWhyWhenTheMachineHasNoRoom() throws Exception {
        TestHost host = TestHost.in(folder);
        ResourceLimits impossible = ResourceLimits.defaults().withFreeDiskBytes(Long.MAX_VALUE);
        try (ResourceMonitor full = ResourceMonitor.system(impossible, folder);
                Run run = host.builder("true").resources(full).build().start(List.of(task("a", "a.txt")))) {
            await().until(() -> host.events(RunEvent.TaskWaiting.class)
                    .anyMatch(event -> event.reason()
                            .detail()
                            .toLowerCase(java.util.Locale.ROOT)
                            .contains("disk")));

            assertThat(run.status().get(0).waitingFor().orElseThrow().kind()).isEqualTo(WaitReason.Kind.RESOURCES);
            run.cancel();
            TaskReport report = run.await().task("a");
            assertThat(report.outcome()).isEqualTo(new TaskOutcome.Cancelled());
            assertThat(report.waits()).isNotEmpty();
        }
    }

    @Test
    void startsOnARealMachineWithGenerousLimits() {
        TestHost host = TestHost.in(folder);
        ResourceLimits generous = new ResourceLimits(100, 99, 1 << 20);
        try (ResourceMonitor monitor = ResourceMonitor.system(generous, folder)) {
            RunReport report =
                    host.builder("printf x > a.txt").resources(monitor).build().run(List.of(task("a", "a.txt")));

            assertThat(report.success()).as(report.toString()).isTrue();
        }
    }
}
