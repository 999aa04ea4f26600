package io.github.espalier.worktree.internal;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One daemon thread, started when it is first needed, for what nobody waits for until the end. Thread-safe. */
final class BackgroundThread implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(BackgroundThread.class);
    private static final long PATIENCE_MINUTES = 5;

    private final String name;
    private final ExecutorService executor;

    BackgroundThread(String name) {
        this.name = name;
        executor = Executors.newSingleThreadExecutor(runnable -> {
            Thread thread = new Thread(runnable, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Does it after all that was given before.
     *
     * @throws java.util.concurrent.RejectedExecutionException if this is closed
     */
    void execute(Runnable work) {
        executor.execute(work);
    }

    /** Waits, for some minutes at most, for all that was given; a prune goes on with what is left then. Idempotent. */
    @Override
    public void close() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
                log.atWarn().addKeyValue("thread", name).log("Still at work; what is left goes with the next prune");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
