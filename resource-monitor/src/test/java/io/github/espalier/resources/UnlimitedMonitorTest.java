package io.github.espalier.resources;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Admits always and claims to know nothing. */
class UnlimitedMonitorTest extends ResourceMonitorContract {
    @Override
    protected ResourceMonitor withRoom() {
        return ResourceMonitor.unlimited();
    }

    @Test
    void admitsAnyNumber() {
        try (ResourceMonitor monitor = ResourceMonitor.unlimited()) {
            for (int i = 0; i < 100; i++) {
                assertThat(monitor.admit()).isInstanceOf(Admission.Granted.class);
            }

            assertThat(monitor.status().reservations()).isEqualTo(100);
            assertThat(monitor.status().cpuPercent()).isEmpty();
        }
    }
}
