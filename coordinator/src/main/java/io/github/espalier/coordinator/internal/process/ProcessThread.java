package io.github.espalier.coordinator.internal.process;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that starts processes and looks after them. It lives as long as the JVM: a parent-death signal fires when
 * the thread that started a process ends, not when the JVM does.
 */
final class ProcessThread {
    private static final Logger log = LoggerFactory.getLogger(ProcessThread.class);
    private static final ScheduledThreadPoolExecutor EXECUTOR = new ScheduledThreadPoolExecutor(1, work -> {
        Thread thread = new Thread(work, "espalier-processes");
        thread.setDaemon(true);
        return thread;
    });

    private ProcessThread() {}

    /** Runs something there and waits for it; what it throws is thrown here. */
    static <T> T call(Supplier<T> work) {
        try {
            return CompletableFuture.supplyAsync(work, EXECUTOR).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    static void execute(Runnable work) {
        EXECUTOR.execute(guarded(work));
    }

    static void after(Duration delay, Runnable work) {
        EXECUTOR.schedule(guarded(work), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static Runnable guarded(Runnable work) {
        return () -> {
            try {
                work.run();
            } catch (RuntimeException e) { // the thread's other work goes on
                log.atError().setCause(e).log("Looking after a process failed");
            }
        };
    }
}
