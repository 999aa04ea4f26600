package io.github.espalier.resources.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.espalier.resources.Limit;
import io.github.espalier.resources.Reservation;
import java.time.Duration;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** How many starts a machine's load and the starts before them allow. */
class ProcessorAdmissionTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration FIRST = Duration.ofMillis(320);

    @Test
    void neverRefusesTheOnlyOneForLoad() {
        TestMachine machine = new TestMachine().settledAt(100);

        Reservation only = machine.granted().reservation();
        assertThat(machine.refused().limit()).isEqualTo(Limit.CPU);

        only.close();
        assertThat(machine.admits()).isTrue();
    }

    @Test
    void refusesTheOnlyOneForMemory() {
        TestMachine machine = new TestMachine();
        machine.memory = OptionalDouble.of(95);
        machine.monitor.sample();

        assertThat(machine.refused().limit()).isEqualTo(Limit.MEMORY);
    }

    @Test
    void admitsTwoAtOnceOnAnIdleMachineOfTwoCores() {
        TestMachine machine = new TestMachine().settledAt(0);

        assertThat(machine.admits()).isTrue();
        assertThat(machine.admits()).isTrue();
        assertThat(machine.refused().reading()).isEqualTo(100);
    }

    @Test
    void admitsTwoToThreeInTheFirstSecondsHoweverSlowlyTheyStart() {
        TestMachine machine = new TestMachine();
        machine.cpu = OptionalDouble.empty(); // the first sample has none to compare with
        machine.monitor.sample();
        int admitted = machine.admits() ? 1 : 0;
        machine.cpu = OptionalDouble.of(3); // what was started is still loading
        for (int i = 0; i < 6; i++) {
            machine.sampleAfter(FIRST);
            while (machine.admits()) {
                admitted++;
            }
            assertThat(admitted).as("after sample %d", i).isBetween(2, 3);
        }
    }

    @Test
    void admitsTheSecondSoonWhenTheFirstReadingSawTheHostStarting() {
        TestMachine machine = new TestMachine();
        machine.cpu = OptionalDouble.empty();
        machine.monitor.sample();
        assertThat(machine.admits()).isTrue();
        machine.cpu = OptionalDouble.of(90);
        machine.sampleAfter(FIRST);
        assertThat(machine.admits()).isFalse();

        machine.cpu = OptionalDouble.of(5);
        machine.sampleAfter(FIRST);
        machine.sampleAfter(FIRST);

        assertThat(machine.admits()).isTrue();
    }

    @Test
    void admitsTheSecondBesideAOneCoreLoadThatShowsAlready() {
        TestMachine machine = new TestMachine();
        machine.monitor.sample();
        assertThat(machine.admits()).isTrue();
        machine.cpu = OptionalDouble.of(50);
        for (int i = 0; i < 3; i++) {
            machine.sampleAfter(SECOND);
        }

        assertThat(machine.admits()).isTrue();
    }

    @Test
    void refusesUntilLoadIsKnownIfOneRunsAlready() {
        TestMachine machine = new TestMachine();
        machine.cpu = OptionalDouble.empty();
        machine.monitor.sample();
        assertThat(machine.admits()).isTrue();

        assertThat(machine.refused().limit()).isEqualTo(Limit.STALE);
        assertThat(machine.refused().reading()).isNaN();
    }

    @Test
    void resumesSomeWayUnderTheLimit() {
        TestMachine machine = new TestMachine().settledAt(10);
        assertThat(machine.admits()).isTrue();
        machine.settledAt(85);
        assertThat(machine.refused().threshold()).isEqualTo(80);

        machine.settledAt(77);
        assertThat(machine.refused().threshold()).isEqualTo(75);
        assertThat(machine.refused().reading()).isBetween(76.9, 77.1);

        machine.settledAt(74);
        assertThat(machine.admits()).isTrue();
    }

    @Test
    void doesNotRefuseForAShortPeak() {
        TestMachine machine = new TestMachine().settledAt(20);
        assertThat(machine.admits()).isTrue();
        machine.settledAt(20);
        machine.cpu = OptionalDouble.of(100);
        machine.sampleAfter(SECOND);

        assertThat(machine.admits()).isTrue();
    }

    @Test
    void countsAStartAsMoreWhereAQuotaLeavesLessThanACore() {
        TestMachine machine = new TestMachine();
        machine.cores = 0.5;
        machine.settledAt(0);

        assertThat(machine.admits()).isTrue();
        assertThat(machine.refused().reading()).isEqualTo(200);
    }

    @Test
    void admitsManyOnManyCores() {
        TestMachine machine = new TestMachine();
        machine.cores = 64;
        machine.settledAt(0);

        int admitted = 0;
        while (machine.admits()) {
            admitted++;
        }

        assertThat(admitted).isEqualTo(52); // 52 of 64 cores are 81 %
    }
}
