package io.github.espalier.coordinator;

/** How an instance ended. Only {@link Exited} with code 0 is success; what nobody saw is never taken for it. */
public sealed interface InstanceEnd {
    /**
     * It ended by itself, or was killed by somebody else.
     *
     * @param exitCode its exit code; above 128 by convention 128 plus the signal that killed it
     */
    record Exited(int exitCode) implements InstanceEnd {
        /**
         * Whether the code says that a signal ended it.
         *
         * @return true for 129 to 192
         */
        public boolean killed() {
            return exitCode > 128 && exitCode <= 192;
        }
    }

    /**
     * It was stopped at our request.
     *
     * @param forcibly whether it had to be killed because it did not end within its grace
     */
    record Stopped(boolean forcibly) implements InstanceEnd {}

    /**
     * The launcher can no longer tell: the instance may still run, and may deliver late.
     *
     * @param reason why, for a person
     */
    record Lost(String reason) implements InstanceEnd {}

    /**
     * It has ended, and how is not known: for example it ended while no host watched and left no exit code.
     *
     * @param reason why, for a person
     */
    record Unknown(String reason) implements InstanceEnd {}

    /**
     * The end in a few words.
     *
     * @return for example {@code exit code 3}
     */
    default String describe() {
        if (this instanceof Exited exited) {
            return exited.killed() ? "killed by signal " + (exited.exitCode() - 128) : "exit code " + exited.exitCode();
        } else if (this instanceof Stopped stopped) {
            return stopped.forcibly() ? "stopped forcibly" : "stopped";
        } else if (this instanceof Lost lost) {
            return "lost: " + lost.reason();
        }
        return "ended in an unknown way: " + ((Unknown) this).reason();
    }
}
