package io.github.espalier.coordinator.internal;

/** The host's code at work on the thread that made this, which others may interrupt as long as it is at work. Thread-safe. */
final class Interruptible {
    /** Why it was interrupted. */
    enum Cause {
        /** Its time was over. */
        LATE,
        /** The run is cancelled. */
        CANCELLED,
        /** It was not. */
        NONE
    }

    private final Thread worker = Thread.currentThread();
    private Cause cause = Cause.NONE;
    private boolean over;

    /** Only the first call does something. */
    synchronized void interrupt(Cause why) {
        if (!over && cause == Cause.NONE) {
            cause = why;
            worker.interrupt();
        }
    }

    /** To be called by the worker, which is not interrupted any more, neither by us nor by what it has left behind. */
    synchronized Cause end() {
        over = true;
        Thread.interrupted();
        return cause;
    }
}
