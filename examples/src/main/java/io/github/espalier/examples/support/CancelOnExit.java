package io.github.espalier.examples.support;

import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * While open, a request to end this program (Ctrl-C, TERM) cancels the work, and the program ends only once this is closed:
 * after the work was rescued and the report written.
 */
public final class CancelOnExit implements AutoCloseable {
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook = new Thread(this::exit, "espalier-cancel");
    private @Nullable Runnable cancel;
    private boolean exiting;

    private CancelOnExit() {}

    /**
     * Begins to watch.
     *
     * @return to be closed when there is nothing left to wait for
     */
    public static CancelOnExit watch() {
        CancelOnExit watch = new CancelOnExit();
        Runtime.getRuntime().addShutdownHook(watch.hook);
        return watch;
    }

    /**
     * Says what to cancel; if the program is to end already, does so at once.
     *
     * @param work cancels it; called once at most, from any thread
     */
    public synchronized void cancels(Runnable work) {
        cancel = work;
        if (exiting) {
            work.run();
        }
    }

    private void exit() {
        synchronized (this) {
            exiting = true;
            if (cancel != null) {
                cancel.run();
            }
        }
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The program is ending already, and the hook has just been let go.
        }
    }
}
