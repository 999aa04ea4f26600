package io.github.espalier.worktree;

import io.github.espalier.worktree.internal.Fingerprints;
import java.util.List;

/**
 * The files by which somebody who can write them decides what git does and runs: configuration, hooks, attributes, the
 * pointers between a worktree and its repository. Two fingerprints tell which of them changed in between, not who changed
 * them.
 *
 * <pre>{@code
 * RepositoryFingerprint before = RepositoryFingerprint.of(repository);
 * … // an agent runs
 * for (FileChange change : RepositoryFingerprint.of(repository).changesSince(before)) {
 *     System.out.println(change.describe()); // /home/me/app/.git/config (changed: core.fsmonitor)
 * }
 * }</pre>
 *
 * <p>Taking one reads a few small files (up to 1 MiB; of a larger one size and time count), starts no program and follows no
 * symbolic link. Adding and removing worktrees changes nothing in it. Immutable and thread-safe.
 */
public sealed interface RepositoryFingerprint permits Fingerprints {
    /**
     * The files that all worktrees share: {@code config}, {@code config.worktree}, what they include from inside the
     * repository, {@code hooks/}, {@code info/attributes}, {@code info/exclude}, {@code info/grafts} and {@code
     * objects/info/alternates}. A file that cannot be read is noted as such; nothing is thrown.
     *
     * @param repository the repository
     * @return the files as they are now
     */
    static RepositoryFingerprint of(GitRepository repository) {
        return Fingerprints.of(repository);
    }

    /**
     * The files of one linked worktree: its {@code .git} file and, in its administrative directory, {@code gitdir}, {@code
     * commondir} and {@code config.worktree} with what that includes from inside the worktree. A file that cannot be read is
     * noted as such; nothing is thrown.
     *
     * @param worktree the worktree
     * @return the files as they are now
     */
    static RepositoryFingerprint of(Worktree worktree) {
        return Fingerprints.of(worktree);
    }

    /**
     * What is different.
     *
     * @param earlier a fingerprint of the same repository or worktree
     * @return the changes, in the order of their files
     */
    List<FileChange> changesSince(RepositoryFingerprint earlier);
}
