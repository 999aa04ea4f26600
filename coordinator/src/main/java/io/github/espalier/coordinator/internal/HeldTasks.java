package io.github.espalier.coordinator.internal;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tries again to publish what had to be held: now and then, and a last time when the run would end. On the run's lane. */
final class HeldTasks {
    private static final Logger log = LoggerFactory.getLogger(HeldTasks.class);
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
    void resume(Collection<String> tasks, Runnable then) {
        lane.await(
                landingLane,
                () -> line.resume(tasks),
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
            timer.after(AGAIN, () -> lane.execute(this::tryAgain));
        }
    }

    /** Nothing is tried after the last try: the run may be over, and would not learn of it. */
    private void tryAgain() {
        if (!lastBegun) {
            retry(() -> {
                watching = false;
                if (line.holds()) {
                    watch();
                }
            });
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

    /** What cannot be tried stays held, which is no reason to stop agents. */
    private void retry(Runnable then) {
        lane.await(
                landingLane,
                line::retry,
                now -> {
                    settled.accept(now);
                    then.run();
                },
                e -> {
                    log.atWarn().setCause(e).log("Could not try again to land held work");
                    then.run();
                });
    }
}
