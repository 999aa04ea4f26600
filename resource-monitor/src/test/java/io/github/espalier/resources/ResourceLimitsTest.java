package io.github.espalier.resources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits are checked where they are given, and all at once. */
class ResourceLimitsTest {
    @Test
    void defaultsAreEightyPercentAndOneGibibyte() {
        assertThat(ResourceLimits.defaults()).isEqualTo(new ResourceLimits(80, 80, 1024L * 1024 * 1024));
    }

    @Test
    void changesOneLimitAtATime() {
        assertThat(ResourceLimits.defaults()
                        .withCpuPercent(70)
                        .withMemoryPercent(60)
                        .withFreeDiskBytes(0))
                .isEqualTo(new ResourceLimits(70, 60, 0));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, 100.1, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesWhatIsNoPercentage(double value) {
        assertThatThrownBy(() -> ResourceLimits.defaults().withCpuPercent(value))
                .isInstanceOf(ResourceException.class)
                .hasMessageContaining("cpuPercent " + value);
        assertThatThrownBy(() -> ResourceLimits.defaults().withMemoryPercent(value))
                .isInstanceOf(ResourceException.class)
                .hasMessageContaining("memoryPercent " + value);
    }

    @Test
    void saysAllThatIsWrongAtOnce(@TempDir Path folder) {
        ResourceMonitorBuilder builder = ResourceMonitor.builder()
                .cpuPercent(0)
                .memoryPercent(101)
                .freeDiskBytes(-1)
                .directory(folder.resolve("missing"));

        assertThatThrownBy(builder::build)
                .isInstanceOf(ResourceException.class)
                .hasMessageContaining("cpuPercent 0.0")
                .hasMessageContaining("memoryPercent 101.0")
                .hasMessageContaining("freeDiskBytes -1")
                .hasMessageContaining("missing");
    }

    @Test
    void refusesADirectoryThatIsNotThere(@TempDir Path folder) {
        assertThatThrownBy(() -> ResourceMonitor.system(ResourceLimits.defaults(), folder.resolve("missing")))
                .isInstanceOf(ResourceException.class)
                .hasMessageContaining("missing");
    }
}
