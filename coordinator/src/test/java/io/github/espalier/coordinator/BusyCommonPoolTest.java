package io.github.espalier.coordinator;

import static io.github.espalier.coordinator.TestHost.task;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** The common pool is the host's, who may block all of its threads for as long as a run lasts. */
@Isolated
@Timeout(60)
class BusyCommonPoolTest {
    @TempDir
    Path folder;

    private final CountDownLatch busy = new CountDownLatch(1);

    @BeforeEach
    void block() throws Exception {
        int threads = ForkJoinPool.getCommonPoolParallelism();
        CountDownLatch blocked = new CountDownLatch(threads);
        for (int thread = 0; thread < threads; thread++) {
            ForkJoinPool.commonPool().execute(() -> {
                blocked.countDown();
                awaitEnd();
            });
        }
        blocked.await();
    }

    private void awaitEnd() {
        try {
            busy.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void release() {
        busy.countDown();
    }

    @Test
    void landsThoughTheHostKeepsTheCommonPoolBusy() {
        InstanceLauncher agent = InstanceLauncher.command("sh", "-c", "echo more >> a.txt");

        RunReport report = TestHost.in(folder).builder(agent).build().run(List.of(task("a", "a.txt")));

        assertThat(report.task("a").outcome()).isInstanceOf(TaskOutcome.Landed.class);
    }
}
