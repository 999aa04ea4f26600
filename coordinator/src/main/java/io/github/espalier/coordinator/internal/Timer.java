package io.github.espalier.coordinator.internal;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Runs short actions later, on a monotonic clock. One thread; actions only hand work to others. */
final class Timer implements AutoCloseable {
    private final ScheduledThreadPoolExecutor executor;

    Timer(String name) {
        executor = new ScheduledThreadPoolExecutor(1, action -> {
            Thread thread = new Thread(action, name);
            thread.setDaemon(true);
            return thread;
        });
        executor.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Once closed it runs nothing more; what comes too late is dropped. */
    Future<?> after(Duration delay, Runnable action) {
        return executor.schedule(action, nanos(delay), TimeUnit.NANOSECONDS);
    }

    private static long nanos(Duration delay) {
        return delay.compareTo(Duration.ofNanos(Long.MAX_VALUE)) < 0 ? delay.toNanos() : Long.MAX_VALUE;
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
