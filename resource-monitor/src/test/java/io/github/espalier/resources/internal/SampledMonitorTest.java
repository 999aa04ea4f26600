package io.github.espalier.resources.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.espalier.resources.Admission;
import io.github.espalier.resources.Limit;
import io.github.espalier.resources.ResourceLimits;
import io.github.espalier.resources.ResourceMonitor;
import io.github.espalier.resources.ResourceMonitorContract;
import io.github.espalier.resources.ResourceStatus;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What is admitted at which readings, on a machine that is turned by hand. */
class SampledMonitorTest extends ResourceMonitorContract {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Override
    protected ResourceMonitor withRoom() {
        TestMachine machine = new TestMachine();
        machine.monitor.sample();
        return machine.monitor;
    }

    @Test
    void refusesAtTheMemoryLimitAndResumesSomeWayUnderIt() {
        TestMachine machine = new TestMachine().settledAt(0);
        machine.memory = OptionalDouble.of(79.9);
        machine.sampleAfter(SECOND);
        machine.granted().reservation().close();

        machine.memory = OptionalDouble.of(80);
        machine.sampleAfter(SECOND);
        assertThat(machine.refused())
                .isEqualTo(new Admission.Refused(Limit.MEMORY, 80, 80, "memory in use is 80 %, the limit 80 %"));

        machine.memory = OptionalDouble.of(75.1);
        machine.sampleAfter(SECOND);
        assertThat(machine.refused())
                .isEqualTo(new Admission.Refused(
                        Limit.MEMORY,
                        75.1,
                        75,
                        "memory in use is 75 %, the limit 80 %, and after it was reached 75 %"));

        machine.memory = OptionalDouble.of(74.9);
        machine.sampleAfter(SECOND);
        assertThat(machine.admits()).isTrue();
    }

    @Test
    void resumesUnderALimitThatIsSmallerThanTheMargin() {
        TestMachine machine = new TestMachine(ResourceLimits.defaults().withMemoryPercent(4));
        machine.sampleAfter(SECOND);
        assertThat(machine.refused().limit()).isEqualTo(Limit.MEMORY);

        machine.memory = OptionalDouble.of(2.9);
        machine.sampleAfter(SECOND);

        assertThat(machine.admits()).isTrue();
    }

    @Test
    void refusesUnderTheDiskLimitAndResumesWithATenthMore() {
        TestMachine machine = new TestMachine().settledAt(0);
        long limit = 1L << 30;
        machine.disk = OptionalLong.of(limit);
        machine.sampleAfter(SECOND);
        machine.granted().reservation().close();

        machine.disk = OptionalLong.of(limit - 1);
        machine.sampleAfter(SECOND);
        assertThat(machine.refused())
                .isEqualTo(new Admission.Refused(
                        Limit.DISK,
                        (double) (limit - 1),
                        (double) limit,
                        "free disk space is 1023 MiB, the limit 1024 MiB"));

        machine.disk = OptionalLong.of(limit);
        machine.sampleAfter(SECOND);
        assertThat(machine.refused().threshold()).isEqualTo(limit * 1.1);

        machine.disk = OptionalLong.of(limit / 10 * 11 + 10);
        machine.sampleAfter(SECOND);
        assertThat(machine.admits()).isTrue();
    }

    @Test
    void refusesWhatItCannotRead() {
        TestMachine machine = new TestMachine();
        machine.memory = OptionalDouble.empty();
        machine.monitor.sample();
        assertThat(machine.refused().limit()).isEqualTo(Limit.MEMORY);
        assertThat(machine.refused().reading()).isNaN();

        machine.disk = OptionalLong.empty();
        machine.monitor.sample();
        assertThat(machine.refused().limit()).isEqualTo(Limit.DISK);
    }

    @Test
    void needsNoDiskReadingWhereNoDiskIsAskedFor() {
        TestMachine machine = new TestMachine(ResourceLimits.defaults().withFreeDiskBytes(0));
        machine.disk = OptionalLong.empty();
        machine.monitor.sample();

        assertThat(machine.admits()).isTrue();
    }

    @Test
    void refusesUnderMemoryPressureAndDoesWithoutWhereThereIsNone() {
        TestMachine machine = new TestMachine();
        machine.pressure = OptionalDouble.of(10);
        machine.monitor.sample();
        assertThat(machine.refused().limit()).isEqualTo(Limit.PRESSURE);

        machine.pressure = OptionalDouble.of(8);
        machine.sampleAfter(SECOND);
        assertThat(machine.refused().threshold()).isEqualTo(7.5);

        machine.pressure = OptionalDouble.of(0);
        machine.sampleAfter(SECOND);
        machine.granted().reservation().close();

        machine.pressure = OptionalDouble.empty();
        machine.sampleAfter(SECOND);
        assertThat(machine.admits()).isTrue();
    }

    @Test
    void showsWhatItRead() {
        TestMachine machine = new TestMachine().settledAt(40);
        machine.cpu = OptionalDouble.of(60);
        machine.pressure = OptionalDouble.of(3);
        machine.sampleAfter(SECOND);
        machine.pass(Duration.ofMillis(300));

        ResourceStatus status = machine.monitor.status();

        assertThat(status.cpuPercent().getAsDouble()).isBetween(41.5, 42.5);
        assertThat(status.latestCpuPercent()).hasValue(60);
        assertThat(status.memoryPercent()).hasValue(10);
        assertThat(status.memoryAvailableBytes()).hasValue(1L << 33);
        assertThat(status.freeDiskBytes()).hasValue(100L << 30);
        assertThat(status.memoryPressurePercent()).hasValue(3);
        assertThat(status.sampledAt()).contains(TestMachine.TODAY);
        assertThat(status.age()).contains(Duration.ofMillis(300));
    }

    @Test
    void refusesBeforeTheFirstReadingAndWhenTheLastIsOld() {
        TestMachine machine = new TestMachine();
        assertThat(machine.refused().limit()).isEqualTo(Limit.STALE);
        assertThat(machine.refused().reading()).isNaN();
        assertThat(machine.monitor.status().age()).isEmpty();

        machine.monitor.sample();
        machine.pass(Duration.ofSeconds(5));
        machine.granted().reservation().close();

        machine.pass(Duration.ofSeconds(1));
        assertThat(machine.refused())
                .isEqualTo(new Admission.Refused(Limit.STALE, 6, 5, "the last reading of the machine is 6 s old"));
    }
}
