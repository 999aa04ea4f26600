package io.github.espalier.worktree;

import io.github.espalier.worktree.internal.ConfigurationSnapshot;

/**
 * Git's configuration of a repository as it was when a run began, before any instance could change it: the repository's
 * own, the user's and the machine's. Git compares, checks out and commits files by it alone, so that a filter that was
 * configured since does not run, whenever that happened. Immutable and thread-safe.
 */
public sealed interface TrustedConfiguration extends AutoCloseable permits ConfigurationSnapshot {
    /**
     * Takes the snapshot.
     *
     * @param repository the repository
     * @return what is configured now
     * @throws GitCommandException if the configuration cannot be read
     */
    static TrustedConfiguration of(GitRepository repository) {
        return ConfigurationSnapshot.of(repository);
    }

    /**
     * Takes up a snapshot of an earlier process: what is configured now, if filters and line endings are as they were then.
     * If they are not, nobody knows what may run, and the configuration is known only if no filter is configured at all.
     *
     * @param repository the repository
     * @param digest what {@link #digest} told
     * @return the configuration
     * @throws GitCommandException if the configuration cannot be read
     */
    static TrustedConfiguration of(GitRepository repository, String digest) {
        return ConfigurationSnapshot.of(repository, digest);
    }

    /**
     * The same for many commands. Each command of git's gets a copy to read; here the first one's serves the others, as long
     * as it is as it was made, and is deleted by {@link #close}.
     *
     * @return the same configuration
     */
    TrustedConfiguration kept();

    /** Deletes what is kept, if anything. Commands that run are to have ended; later ones get copies of their own. */
    @Override
    void close();

    /**
     * Whether it is known what is to be trusted. If not, nothing is compared, checked out or committed by it.
     *
     * @return whether it is
     */
    boolean isKnown();

    /**
     * Tells filters and line endings of this snapshot from others', and nothing of what they are.
     *
     * @return a checksum in hexadecimal digits
     */
    String digest();
}
