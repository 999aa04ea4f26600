package io.github.espalier.resources.internal;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The one thread of a monitor: a daemon, so that a host which forgets to close the monitor still ends. */
final class SamplerThread implements AutoCloseable {
    /**
     * At first samples come as fast as OSHI has something new to tell (it answers from memory for 300 ms): two make a load,
     * and a few let a start-up's own load be seen for what it is.
     */
    private static final long FIRST_MILLIS = 320;

    private static final int FIRST = 6;

    /** While somebody waits for room, and while nobody does: then a reading need only be fresh enough to answer by. */
    private static final long WAITED_FOR_MILLIS = 1000;

    private static final long THEN_MILLIS = 2000;

    private final ScheduledThreadPoolExecutor executor;
    private int taken;

    SamplerThread() {
        executor = new ScheduledThreadPoolExecutor(1, work -> {
            Thread daemon = new Thread(work, "espalier-resources");
            daemon.setDaemon(true);
            return daemon;
        });
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        executor.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy()); // closed: nobody waits for it
    }

    /** Repeats work, which throws nothing, until closed. */
    void repeat(Runnable work, BooleanSupplier waitedFor) {
        executor.execute(() -> once(work, waitedFor));
    }

    private void once(Runnable work, BooleanSupplier waitedFor) {
        work.run();
        long pause = waitedFor.getAsBoolean() ? WAITED_FOR_MILLIS : THEN_MILLIS;
        Future<?> unused = executor.schedule(
                () -> once(work, waitedFor), taken++ < FIRST ? FIRST_MILLIS : pause, TimeUnit.MILLISECONDS);
    }

    /** Does work once, as soon as the thread is free. */
    void soon(Runnable work) {
        executor.execute(work);
    }

    /** Lets work that has begun come to its end, without an interruption that would show as a failed reading. */
    @Override
    public void close() {
        executor.shutdown();
    }
}
