package io.github.espalier.coordinator;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What became of one task.
 *
 * @param id the task
 * @param title its title
 * @param outcome what it came to
 * @param branch its branch, without {@code refs/heads/}; empty: it was never given one
 * @param worktree its worktree's directory, which is gone if it landed
 * @param base the commit it started from
 * @param commit the last commit of its own work
 * @param rescue the ref that holds what was not committed to its branch
 * @param exitCode the agent's exit code, where one was seen
 * @param log what the agent printed, where that is a file on this machine
 * @param attempts how often it was launched
 * @param startedAt when its worktree was begun
 * @param endedAt when its outcome was known
 * @param waits what it waited for before it started
 * @param notes what a person should know besides: another name that was taken, files a rescue had to leave out
 */
public record TaskReport(
        String id,
        String title,
        TaskOutcome outcome,
        Optional<String> branch,
        Optional<Path> worktree,
        Optional<String> base,
        Optional<String> commit,
        Optional<String> rescue,
        OptionalInt exitCode,
        Optional<Path> log,
        int attempts,
        Optional<Instant> startedAt,
        Instant endedAt,
        List<Wait> waits,
        List<String> notes) {
    /**
     * Copies the lists.
     *
     * @param id as for the record
     * @param title as for the record
     * @param outcome as for the record
     * @param branch as for the record
     * @param worktree as for the record
     * @param base as for the record
     * @param commit as for the record
     * @param rescue as for the record
     * @param exitCode as for the record
     * @param log as for the record
     * @param attempts as for the record
     * @param startedAt as for the record
     * @param endedAt as for the record
     * @param waits as for the record
     * @param notes as for the record
     */
    public TaskReport {
        waits = List.copyOf(waits);
        notes = List.copyOf(notes);
    }
}
