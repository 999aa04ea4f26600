package io.github.espalier.coordinator.internal;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a run's slow work runs: on the host's executor, which is never closed, or on daemon threads of the run's own. */
final class WorkThreads implements Executor {
    private static final Logger log = LoggerFactory.getLogger(WorkThreads.class);
    private static final long IDLE_SECONDS = 10;

    private final Executor executor;
    private final Runnable end;

    private WorkThreads(Executor executor, Runnable end) {
        this.executor = executor;
        this.end = end;
    }

    static WorkThreads of(Optional<Executor> hosts, String run) {
        if (hosts.isPresent()) {
            return new WorkThreads(work -> executeOn(hosts.get(), work, run), () -> {});
        }
        AtomicInteger count = new AtomicInteger();
        ThreadFactory daemons = work -> {
            Thread thread = new Thread(work, "espalier-" + run + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
        // What comes when the run is over, such as a second close() or an instance's late end, has nothing left to do.
        ThreadPoolExecutor own = new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                daemons,
                new ThreadPoolExecutor.DiscardPolicy());
        return new WorkThreads(own, own::shutdown);
    }

    /** An executor that takes no more, as after a shutdown, must leave neither agents unwatched nor work unsaved. */
    private static void executeOn(Executor executor, Runnable work, String run) {
        try {
            executor.execute(work);
        } catch (RejectedExecutionException e) {
            log.atWarn().addKeyValue("run", run).setCause(e).log("The host's executor rejects work; a thread does it");
            Thread thread = new Thread(work, "espalier-" + run + "-rejected");
            thread.setDaemon(true);
            thread.start();
        }
    }

    @Override
    public void execute(Runnable work) {
        executor.execute(work);
    }

    /** Takes no more work; what is under way ends by itself. */
    void end() {
        end.run();
    }
}
