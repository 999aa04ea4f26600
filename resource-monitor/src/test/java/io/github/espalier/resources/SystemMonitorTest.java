package io.github.espalier.resources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real machine. How busy it is nobody knows, so that nothing here depends on it. */
@Timeout(60)
class SystemMonitorTest extends ResourceMonitorContract {
    @TempDir
    Path folder;

    @Override
    protected ResourceMonitor withRoom() {
        return ResourceMonitor.system(new ResourceLimits(100, 100, 0), folder);
    }

    @Test
    void readsThisMachine() throws Exception {
        try (ResourceMonitor monitor = ResourceMonitor.system()) {
            await().until(() -> monitor.status().cpuPercent().isPresent());

            ResourceStatus status = monitor.status();

            assertThat(status.cpuPercent().getAsDouble()).isBetween(0.0, 100.0);
            assertThat(status.latestCpuPercent()).isPresent();
            assertThat(status.memoryPercent().getAsDouble()).isBetween(0.1, 100.0);
            assertThat(status.memoryAvailableBytes().getAsLong()).isPositive();
            assertThat(status.age()).hasValueSatisfying(age -> assertThat(age).isLessThan(Duration.ofMinutes(1)));
            double usable =
                    (double) Files.getFileStore(Path.of("").toAbsolutePath()).getUsableSpace();
            assertThat((double) status.freeDiskBytes().getAsLong()).isCloseTo(usable, within(usable / 2 + (1 << 20)));
        }
    }

    @Test
    void refusesWhileItKnowsNothingAndTellsWhenItDoes() throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        try (ResourceMonitor monitor = withRoom();
                Registration registration = monitor.onChange(told::countDown)) {
            Admission first = monitor.admit();

            assertThat(registration).isNotNull();
            if (first instanceof Admission.Refused refused) { // else this thread was slower than the first readings
                assertThat(refused.limit()).isEqualTo(Limit.STALE);
                assertThat(refused.reading()).isNaN();
                assertThat(told.await(30, TimeUnit.SECONDS)).isTrue();
            }
        }
    }

    @Test
    void refusesForWantOfDisk() {
        try (ResourceMonitor monitor = ResourceMonitor.builder()
                .directory(folder)
                .freeDiskBytes(Long.MAX_VALUE)
                .build()) {
            await().until(() -> monitor.status().age().isPresent());

            assertThat(monitor.admit()).isInstanceOfSatisfying(Admission.Refused.class, refused -> {
                assertThat(refused.limit()).isEqualTo(Limit.DISK);
                assertThat(refused.reading()).isLessThan(refused.threshold());
            });
        }
    }

    @Test
    void refusesWhenTheDiskCannotBeReadAnyMore() throws Exception {
        Path gone = Files.createDirectory(folder.resolve("gone"));
        try (ResourceMonitor monitor = ResourceMonitor.builder()
                .directory(gone)
                .memoryPercent(100)
                .freeDiskBytes(1)
                .build()) {
            Files.delete(gone);
            await().until(() -> monitor.status().age().isPresent()
                    && monitor.status().freeDiskBytes().isEmpty());

            assertThat(monitor.admit()).isInstanceOfSatisfying(Admission.Refused.class, refused -> {
                assertThat(refused.limit()).isEqualTo(Limit.DISK);
                assertThat(refused.reading()).isNaN();
            });
        }
    }
}
