package io.github.espalier.coordinator.internal;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Tries again to publish what had to be held: now and then, and a last time when the run would end. On the run's lane. */
final class HeldTasks {
    private static final Duration AGAIN = Duration.ofSeconds(2);

    private final LandingLine line;
    private final Lane lane;
    private final Executor landingLane;
    private final Timer timer;
    private final Consumer<LandingLine.Settled> settled;
    private final Consumer<Throwable> whenBroken;
    private boolean watching;
    private boolean lastBegun;
    private boolean lastDone;

    HeldTasks(
            LandingLine line,
            Lane lane,
            Executor landingLane,
            Timer timer,
            Consumer<LandingLine.Settled> settled,
            Consumer<Throwable> whenBroken) {
        this.line = line;
        this.lane = lane;
        this.landingLane = landingLane;
        this.timer = timer;
        this.settled = settled;
        this.whenBroken = whenBroken;
    }

    /** Takes over what earlier runs had to hold, then goes on. */
    void resume(Runnable then) {
        lane.await(
                landingLane,
                line::resume,
                any -> {
                    if (any) {
                        watch();
                    }
                    then.run();
                },
                whenBroken);
    }

    void watch() {
        if (!watching) {
            watching = true;
            timer.after(
                    AGAIN,
                    () -> retry(() -> {
                        watching = false;
                        if (line.holds()) {
                            watch();
                        }
                    }));
        }
    }

    /** Whether the last try was made; if not, it is made now and the action runs after it. */
    boolean triedLast(Runnable then) {
        if (!lastBegun) {
            lastBegun = true;
            retry(() -> {
                lastDone = true;
                then.run();
            });
        }
        return lastDone;
    }

    private void retry(Runnable then) {
        lane.await(
                landingLane,
                line::retry,
                now -> {
                    settled.accept(now);
                    then.run();
                },
                e -> {
                    whenBroken.accept(e);
                    then.run();
                });
    }
}
