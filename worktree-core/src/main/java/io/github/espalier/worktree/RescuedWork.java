package io.github.espalier.worktree;

import java.time.Instant;
import java.util.Optional;

/**
 * A rescue that a repository holds.
 *
 * @param id short name of it, for {@link Rescues#find}: the first digits of the commit's id, at least ten and as many as
 *     tell it from the others; where several refs hold the same commit, the ref without {@code refs/espalier/rescue/}
 * @param ref full name of the ref that keeps it
 * @param commit the commit that the ref points to, in full
 * @param base the commit that the files are told against: the worktree's HEAD when it was rescued; empty: there is none, or
 *     the commit cannot be read
 * @param time when it was made: as its message says, or else as the ref's log does, or else the commit's own time; empty: none of
 *     them can be read
 * @param message what the commit says of itself; empty: it was not written by a {@link RescueMessage}, or changed since
 */
public record RescuedWork(
        String id,
        String ref,
        String commit,
        Optional<String> base,
        Optional<Instant> time,
        Optional<RescueMessage> message) {}
