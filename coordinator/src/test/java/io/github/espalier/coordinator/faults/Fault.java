package io.github.espalier.coordinator.faults;

/**
 * Who is killed, and when.
 *
 * @param kind who and how
 * @param step the number of the call of git, or of the journal's line, that it happens at; of instants, milliseconds
 * @param delay how long a git runs before it is hit, in milliseconds; of what may not be written to, its number in {@link
 *     DeniedPlace}
 * @param every whether it happens again after so many calls, and so on; 0: it does not
 */
record Fault(Kind kind, int step, int delay, int every) {
    static final Fault NONE = new Fault(Kind.NONE, 0, 0, 0);

    /** Who is killed, and how; or what else happens. */
    enum Kind {
        /** Nobody: steps are counted. */
        NONE,
        /** The host, as if git had never started. */
        HOST_BEFORE_GIT,
        /** The host while git runs, which goes on alone. */
        HOST_DURING_GIT,
        /** The host when git has ended, before it can know. */
        HOST_AFTER_GIT,
        /** Host and git together. */
        BOTH_DURING_GIT,
        /** Git, before it has done anything; the host lives. */
        GIT_BEFORE,
        /** Git, at work; the host lives. */
        GIT_DURING,
        /** Git, after it has done everything: only its exit is lost. */
        GIT_AFTER,
        /** Nobody; but a user commits on another branch, fetches, prunes and collects garbage before git runs. */
        USER_BEFORE_GIT,
        /** Nobody; but from a call of git on, one place may not be written to. */
        DENIED_BEFORE_GIT,
        /** Nobody; but the journal does not reach the disk any more, and loses what was not there yet. */
        FAILING_SYNC,
        /** Nobody; but the disk is full but for so many kilobytes. */
        FULL_DISK,
        /** The host, before a line is written to the journal. */
        HOST_AT_JOURNAL,
        /** The host, in the middle of a line. */
        HOST_IN_JOURNAL_LINE,
        /** The host, whatever it does. */
        HOST_AT_INSTANT;

        boolean atGit() {
            return name().contains("GIT");
        }

        boolean atJournal() {
            return name().contains("JOURNAL");
        }

        boolean kills() {
            return !sparesHost() || name().startsWith("GIT");
        }

        boolean sparesHost() {
            return !name().startsWith("HOST") && !name().startsWith("BOTH");
        }

        /** Whether a host lives, and cannot do what it wants. */
        boolean hinders() {
            return sparesHost() && this != NONE && this != USER_BEFORE_GIT;
        }
    }

    /** Whether somebody is killed, if the step is reached. */
    boolean kills() {
        return kind.kills();
    }

    static Fault of(Kind kind, int step, int delay) {
        return new Fault(kind, step, delay, 0);
    }

    @Override
    public String toString() {
        return kind + " " + step + (every > 0 ? " and every " + every : "")
                + (kind.name().contains("DURING") ? " +" + delay + "ms" : "");
    }
}
