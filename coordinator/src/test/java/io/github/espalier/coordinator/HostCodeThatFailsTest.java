package io.github.espalier.coordinator;

import static io.github.espalier.coordinator.TestHost.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.espalier.coordinator.HandLauncher.HandInstance;
import io.github.espalier.resources.Admission;
import io.github.espalier.resources.Registration;
import io.github.espalier.resources.ResourceMonitor;
import io.github.espalier.resources.ResourceStatus;
import io.github.espalier.worktree.TestRepository;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the host's own parts throw, a run ends, says so, and leaves no agent running. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostCodeThatFailsTest extends HostTest {
    private static final String WRITE = "echo x > $ESPALIER_TASK.txt";

    private final HandLauncher byHand = new HandLauncher();

    @Test
    void failsOneTaskWhenTheLauncherThrowsAnError() {
        InstanceLauncher launcher = request -> {
            if (request.task().id().equals("bad")) {
                throw new NoClassDefFoundError("a class of the launcher's");
            }
            return InstanceLauncher.command("sh", "-c", WRITE).launch(request);
        };

        RunReport report =
                host.builder(launcher).build().run(List.of(task("bad", "bad.txt"), task("good", "good.txt")));

        assertThat(report.task("good").outcome()).isInstanceOf(TaskOutcome.Landed.class);
        assertThat(reason(report, "bad")).isEqualTo(FailureReason.LAUNCH);
    }

    @Test
    @SuppressWarnings("NullAway") // what a host written without nullness checks can do
    void failsOneTaskWhenTheLauncherReturnsNothing() {
        RunReport report =
                host.builder((InstanceLauncher) request -> null).build().run(List.of(task("a", "a.txt")));

        assertThat(reason(report, "a")).isEqualTo(FailureReason.LAUNCH);
    }

    @Test
    void landsThoughTheLauncherLeavesItsThreadInterrupted() {
        InstanceLauncher launcher = request -> {
            Instance instance = InstanceLauncher.command("sh", "-c", WRITE).launch(request);
            Thread.currentThread().interrupt();
            return instance;
        };

        RunReport report = host.builder(launcher).build().run(List.of(task("a", "a.txt")));

        assertThat(report.success()).as(report.toString()).isTrue();
    }

    @Test
    void stopsAnAgentThatCannotSayWhoItIs() throws Exception {
        Run run = host.builder(changed(instance -> new Changed(instance) {
                    @Override
                    public InstanceIdentity identity() {
                        throw new IllegalStateException("no identity");
                    }
                }))
                .build()
                .start(List.of(task("a", "a.txt")));
        HandInstance instance = byHand.next();

        assertThatThrownBy(run::await).isInstanceOf(CoordinatorException.class).hasMessageContaining("no identity");
        assertThat(instance.stops).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"throws", "null", "fails", "ends with null"})
    void takesAnAgentWhoseEndItsLauncherDoesNotTellForLost(String how) throws Exception {
        RunReport report = host.builder(changed(instance -> new Changed(instance) {
                    @Override
                    @SuppressWarnings("NullAway") // as above
                    public CompletionStage<InstanceEnd> completion() {
                        return switch (how) {
                            case "throws" -> throw new IllegalStateException("no end");
                            case "null" -> null;
                            case "fails" -> CompletableFuture.failedFuture(new IllegalStateException("no end"));
                            default -> CompletableFuture.completedFuture(null);
                        };
                    }
                }))
                .build()
                .run(List.of(task("a", "a.txt")));

        assertThat(reason(report, "a")).isEqualTo(FailureReason.LOST);
    }

    @Test
    void stopsEveryOtherAgentWhenOneCannotBeStopped() throws Exception {
        Run run = host.builder(changed(instance -> new Changed(instance) {
                    @Override
                    public void stop(Duration grace) {
                        super.stop(grace);
                        throw new IllegalStateException("cannot be stopped");
                    }
                }))
                .maxInstances(2)
                .build()
                .start(List.of(task("a", "a.txt"), task("b", "b.txt"), task("c", "c.txt")));
        byHand.next();
        byHand.next();

        run.cancel();

        assertThat(run.await().tasks()).extracting(TaskReport::outcome).containsOnly(new TaskOutcome.Cancelled());
    }

    @Test
    void failsOneTaskWhenItsDeliveryFails() throws Exception {
        Run run = host.builder(changed(instance -> new Changed(instance) {
                    @Override
                    public Optional<String> delivered() {
                        throw new IllegalStateException("nothing fetched");
                    }
                }))
                .build()
                .start(List.of(task("a", "a.txt")));
        HandInstance instance = byHand.next();
        TestRepository.at(instance.worktree()).write("a.txt", "half");
        instance.exit(0);

        TaskReport report = run.await().task("a");

        assertThat(report.outcome().describe()).contains("nothing fetched");
        assertThat(host.repository().git("show", report.rescue().orElseThrow() + ":a.txt"))
                .isEqualTo("half");
    }

    @Test
    void takesAVerificationThatThrowsAnErrorForFailed() {
        RunReport report = host.builder(WRITE)
                .verify(request -> {
                    throw new AssertionError("it is red");
                })
                .build()
                .run(List.of(task("a", "a.txt"), task("b", "b.txt")));

        assertThat(report.tasks())
                .allSatisfy(task -> assertThat(task.outcome())
                        .isInstanceOfSatisfying(
                                TaskOutcome.VerificationFailed.class,
                                failed -> assertThat(failed.reason()).contains("it is red")));
    }

    @Test
    void endsThoughAReservationCannotBeGivenBack() {
        RunReport report = host.builder(WRITE)
                .resources(new Monitor() {
                    @Override
                    public Admission admit() {
                        return new Admission.Granted(() -> {
                            throw new IllegalStateException("not given back");
                        });
                    }
                })
                .build()
                .run(List.of(task("a", "a.txt")));

        assertThat(report.success()).as(report.toString()).isTrue();
    }

    @Test
    void givesReservationsBackWhenTheMonitorFails() {
        AtomicInteger reserved = new AtomicInteger();
        Coordinator coordinator = host.builder(byHand)
                .resources(new Monitor() {
                    @Override
                    public Admission admit() {
                        if (reserved.incrementAndGet() == 2) {
                            reserved.decrementAndGet();
                            throw new IllegalStateException("no reading");
                        }
                        return new Admission.Granted(reserved::decrementAndGet);
                    }
                })
                .build();

        assertThatThrownBy(() -> coordinator.run(List.of(task("a", "a.txt"), task("b", "b.txt"))))
                .isInstanceOf(CoordinatorException.class)
                .hasMessageContaining("no reading");
        assertThat(reserved).hasValue(0);
    }

    @Test
    void endsThoughTheMonitorHasNoStatus() {
        Coordinator coordinator = host.builder(WRITE)
                .resources(new Monitor() {
                    @Override
                    public ResourceStatus status() {
                        throw new NoClassDefFoundError("a class of the monitor's");
                    }
                })
                .build();

        assertThatThrownBy(() -> coordinator.run(List.of(task("a", "a.txt"))))
                .isInstanceOf(CoordinatorException.class)
                .hasMessageContaining("a class of the monitor's");
        assertThat(host.onTarget("a.txt")).isEqualTo("x");
        assertThat(host.run("true").tasks()).isEmpty();
    }

    @Test
    void givesTheRepositoryBackWhenARunCannotBegin() {
        Coordinator coordinator = host.builder(WRITE)
                .resources(new Monitor() {
                    @Override
                    public Registration onChange(Runnable listener) {
                        throw new NoClassDefFoundError("a class of the monitor's");
                    }
                })
                .build();

        assertThatThrownBy(() -> coordinator.run(List.of(task("a", "a.txt")))).isInstanceOf(NoClassDefFoundError.class);
        assertThat(host.run(WRITE, task("a", "a.txt")).success()).isTrue();
    }

    @Test
    void endsThoughTheExecutorTakesNoMore() throws Exception {
        ExecutorService executor = Executors.newCachedThreadPool();
        Run run = host.builder(byHand).executor(executor).build().start(List.of(task("a", "a.txt")));
        HandInstance instance = byHand.next();
        await().until(() -> run.status().get(0).phase().equals("running"));
        TestRepository.at(instance.worktree()).write("a.txt", "a");

        executor.shutdown();
        instance.exit(0);

        assertThat(run.await().success()).isTrue();
        assertThat(host.onTarget("a.txt")).isEqualTo("a");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void stopsAllWhenTheClockFails(boolean oneAgentEnds) throws Exception {
        AtomicBoolean broken = new AtomicBoolean();
        Run run = host.builder(byHand)
                .clock(new BreakableClock(broken))
                .maxInstances(2)
                .build()
                .start(List.of(task("a", "a.txt"), task("b", "b.txt"), task("c", "c.txt"), task("d", "d.txt")));
        HandInstance first = byHand.next();
        HandInstance second = byHand.next();
        await().until(() -> run.status().get(0).phase().equals("running")
                && run.status().get(1).phase().equals("running"));

        broken.set(true);
        if (oneAgentEnds) {
            first.exit(0);
        } else {
            run.cancel();
        }

        assertThatThrownBy(run::await).isInstanceOf(CoordinatorException.class);
        assertThat(second.stops).isNotEmpty();
        assertThat(RunHistory.of(host.repository().open()).runs()).hasSize(1);
    }

    private static FailureReason reason(RunReport report, String task) {
        return ((TaskOutcome.InstanceFailed) report.task(task).outcome()).reason();
    }

    private InstanceLauncher changed(Function<Instance, Instance> change) {
        return request -> change.apply(byHand.launch(request));
    }

    /** An instance of which a test changes one method. */
    private static class Changed implements Instance {
        private final Instance instance;

        Changed(Instance instance) {
            this.instance = instance;
        }

        @Override
        public InstanceIdentity identity() {
            return instance.identity();
        }

        @Override
        public CompletionStage<InstanceEnd> completion() {
            return instance.completion();
        }

        @Override
        public void stop(Duration grace) {
            instance.stop(grace);
        }

        @Override
        public InstanceLog log() {
            return instance.log();
        }

        @Override
        public Optional<String> delivered() {
            return instance.delivered();
        }
    }

    /** A monitor of which a test changes one method. */
    private static class Monitor implements ResourceMonitor {
        private final ResourceMonitor unlimited = ResourceMonitor.unlimited();

        @Override
        public Admission admit() {
            return unlimited.admit();
        }

        @Override
        public ResourceStatus status() {
            return unlimited.status();
        }

        @Override
        public Registration onChange(Runnable listener) {
            return unlimited.onChange(listener);
        }

        @Override
        public void close() {
            unlimited.close();
        }
    }

    private static final class BreakableClock extends Clock {
        private final AtomicBoolean broken;

        BreakableClock(AtomicBoolean broken) {
            this.broken = broken;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            if (broken.get()) {
                throw new IllegalStateException("no time");
            }
            return Instant.EPOCH;
        }
    }
}
