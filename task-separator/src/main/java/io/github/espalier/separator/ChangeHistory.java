package io.github.espalier.separator;

import io.github.espalier.separator.internal.history.Histories;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The changes that one commit of a repository reaches, merges left out.
 *
 * @param changes the oldest first
 * @param gap why there are fewer than there should be, such as a shallow clone; empty: nothing is amiss
 */
public record ChangeHistory(List<PastChange> changes, Optional<String> gap) {
    /** How many changes are read unless said otherwise. */
    public static final int DEFAULT_SIZE = 20_000;

    /**
     * Copies the list.
     *
     * @param changes as for the record
     * @param gap as for the record
     */
    public ChangeHistory {
        changes = List.copyOf(changes);
    }

    /**
     * Reads a repository's last {@value #DEFAULT_SIZE} changes. The first time this takes seconds; afterwards only what is new
     * is read, the rest comes from {@code espalier/cache/} in the common git directory, which several processes may use at
     * once. Call it off any thread that must not wait.
     *
     * @param repository a path in a git repository
     * @param revision the commit, in any of git's ways to name it
     * @return the history; that of a repository without commits is empty and says so
     * @throws SeparationException if there is no such repository or commit
     */
    public static ChangeHistory of(Path repository, String revision) {
        return of(repository, revision, DEFAULT_SIZE);
    }

    /**
     * Reads a repository's last changes.
     *
     * @param repository a path in a git repository
     * @param revision the commit, in any of git's ways to name it
     * @param most how many at most, the latest ones
     * @return the history
     * @throws SeparationException if there is no such repository or commit
     */
    public static ChangeHistory of(Path repository, String revision, int most) {
        return Histories.read(repository, revision, most);
    }
}
