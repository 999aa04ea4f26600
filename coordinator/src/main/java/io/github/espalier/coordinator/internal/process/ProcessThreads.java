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
 * The threads that start processes and look after them. One starts them all and lives as long as the JVM: a parent-death
 * signal fires when the thread that started a process ends, not when the JVM does. Others end processes and keep logs short,
 * so that neither an agent with hundreds of processes nor one that floods its log delays what another one waits for.
 */
final class ProcessThreads {
    /** Ends processes and sees that they have ended. */
    static final ProcessThreads ENDS = new ProcessThreads("espalier-process-ends", 2);
    /** Keeps logs under their limits. */
    static final ProcessThreads LOGS = new ProcessThreads("espalier-process-logs", 1);

    private static final Logger log = LoggerFactory.getLogger(ProcessThreads.class);
    private static final ScheduledThreadPoolExecutor STARTS = threads("espalier-process-starts", 1);

    private final ScheduledThreadPoolExecutor executor;

    private ProcessThreads(String name, int count) {
        executor = threads(name, count);
    }

    private static ScheduledThreadPoolExecutor threads(String name, int count) {
        return new ScheduledThreadPoolExecutor(count, work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Starts something on the thread that stays, and waits for it; what it throws is thrown here. */
    static <T> T start(Supplier<T> work) {
        try {
            return CompletableFuture.supplyAsync(work, STARTS).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    void execute(Runnable work) {
        executor.execute(guarded(work));
    }

    void after(Duration delay, Runnable work) {
        executor.schedule(guarded(work), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Does something once a child has ended. {@link Process#onExit} would do it on the common pool, which a host may keep
     * busy for as long as it likes: on two processors it is a single thread. So a thread waits, and does nothing else.
     */
    void whenEnded(Process child, Runnable work) {
        Thread waiting = new Thread(() -> await(child, work), "espalier-process-" + child.pid());
        waiting.setDaemon(true);
        waiting.start();
    }

    private void await(Process child, Runnable work) {
        boolean ended = false;
        while (!ended) {
            try {
                child.waitFor();
                ended = true;
            } catch (InterruptedException e) {
                // nobody has this thread to interrupt it: the child has not ended yet
            }
        }
        execute(work);
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
