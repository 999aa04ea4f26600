package io.github.espalier.resources.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.espalier.resources.Admission;
import io.github.espalier.resources.Limit;
import io.github.espalier.resources.Reservation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever the machine and its users do, the answers follow the documented model, computed here from the whole history. */
class AdmissionPropertyTest {
    private static final double TIME_CONSTANT = 10e9;

    enum Act {
        SAMPLE,
        ASK,
        RELEASE
    }

    record Step(Act act, double cpu, int millis) {}

    /** A reading of the time between two moments. */
    private record Reading(double percent, long from, long to) {
        /** The area under the exponential that the time takes, seen from a later moment. */
        double weight(long now) {
            return Math.exp((to - now) / TIME_CONSTANT) - Math.exp((from - now) / TIME_CONSTANT);
        }
    }

    private static final class History {
        final List<Reading> readings = new ArrayList<>();
        final List<Long> starts = new ArrayList<>();

        double mean() {
            long now = last().to();
            return readings.stream()
                            .mapToDouble(r -> r.percent() * r.weight(now))
                            .sum()
                    / weight(now);
        }

        private Reading last() {
            return readings.get(readings.size() - 1);
        }

        private double weight(long now) {
            return readings.stream().mapToDouble(r -> r.weight(now)).sum();
        }

        /** The share of the readings' weight from before a start; a reading in which it falls is split evenly. */
        double unseen(long start) {
            long now = last().to();
            double before = readings.stream()
                    .mapToDouble(r ->
                            r.weight(now) * Math.min(1, Math.max(0, (double) (start - r.from()) / (r.to() - r.from()))))
                    .sum();
            return start >= now ? 1 : before / weight(now);
        }

        double expected(long now) {
            double shown =
                    mean() + 50 * starts.stream().mapToDouble(this::unseen).sum();
            double recent = 50
                    * starts.stream()
                            .mapToDouble(start -> Math.exp((start - now) / TIME_CONSTANT))
                            .sum();
            return Math.max(shown, recent);
        }
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Act> acts = Arbitraries.of(Act.SAMPLE, Act.SAMPLE, Act.ASK, Act.ASK, Act.RELEASE);
        Arbitrary<Step> step = Combinators.combine(
                        acts,
                        Arbitraries.doubles().between(0, 100),
                        Arbitraries.integers().between(1, 1500))
                .as(Step::new);
        return step.list().ofMaxSize(60);
    }

    @Property(tries = 300)
    void admitsNoMoreThanTheModelAllowsAndNoLess(@ForAll("steps") List<Step> steps) {
        TestMachine machine = new TestMachine();
        History history = new History();
        List<Reservation> out = new ArrayList<>();
        long from = machine.now;
        for (Step step : steps) {
            machine.pass(Duration.ofMillis(step.millis()));
            if (step.act() == Act.SAMPLE) {
                machine.cpu = OptionalDouble.of(step.cpu());
                machine.monitor.sample();
                history.readings.add(new Reading(step.cpu(), from, machine.now));
                from = machine.now;
            } else if (step.act() == Act.RELEASE && !out.isEmpty()) {
                out.remove(0).close();
                history.starts.remove(0);
            } else if (step.act() == Act.ASK) {
                ask(machine, history, out, from);
            }
        }
        assertThat(machine.monitor.status().reservations()).isEqualTo(out.size());
    }

    private static void ask(TestMachine machine, History history, List<Reservation> out, long sampledAt) {
        Admission answer = machine.monitor.admit();
        boolean known = !history.readings.isEmpty() && machine.now - sampledAt <= Gate.STALE.toNanos();
        if (answer instanceof Admission.Granted granted) {
            assertThat(known).isTrue();
            if (!out.isEmpty()) {
                assertThat(history.expected(machine.now)).isLessThan(80 + 1e-6);
            }
            out.add(granted.reservation());
            history.starts.add(machine.now);
        } else if (answer instanceof Admission.Refused refused && known) {
            assertThat(refused.limit()).isEqualTo(Limit.CPU);
            assertThat(out).isNotEmpty();
            assertThat(refused.reading()).isCloseTo(history.expected(machine.now), within(1e-6));
            assertThat(refused.threshold()).isIn(75.0, 80.0);
            assertThat(refused.reading()).isGreaterThanOrEqualTo(refused.threshold());
        } else {
            assertThat(((Admission.Refused) answer).limit()).isEqualTo(Limit.STALE);
        }
    }

    @Property(tries = 200)
    void givesARoomBackOnceHoweverOftenItIsClosed(@ForAll @Size(max = 40) List<@IntRange(max = 7) Integer> closings) {
        TestMachine machine = new TestMachine();
        machine.cores = 1000;
        machine.monitor.sample();
        List<Reservation> out = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            out.add(machine.granted().reservation());
        }

        closings.forEach(index -> out.get(index).close());

        assertThat(machine.monitor.status().reservations())
                .isEqualTo(8 - (int) closings.stream().distinct().count());
    }

    @Property(tries = 200)
    void loadAndReservationTogetherStayTheSameWhileTheOneReplacesTheOther(
            @ForAll @DoubleRange(min = 0, max = 50) double idle, @ForAll @IntRange(min = 1, max = 100) int seconds) {
        SmoothedLoad load = new SmoothedLoad();
        Reservations reservations = new Reservations();
        long second = 1_000_000_000L;
        load.take(idle, 1000 * second);
        reservations.add(new Object(), 0);
        for (int i = 0; i < seconds; i++) {
            double older = load.take(idle + 50, second);
            reservations.seen(older, i * second, (i + 1) * second);

            assertThat(load.mean().getAsDouble() + 50 * reservations.unseen()).isCloseTo(idle + 50, within(1e-9));
        }
    }

    @Property(tries = 200)
    void smoothedLoadStaysWithinItsReadings(
            @ForAll @Size(min = 1, max = 50) List<@DoubleRange(max = 100) Double> readings) {
        SmoothedLoad load = new SmoothedLoad();
        readings.forEach(reading -> load.take(reading, 320_000_000L));

        double least = readings.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
        double most = readings.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        assertThat(load.mean().getAsDouble()).isBetween(least - 1e-9, most + 1e-9);
    }
}
