package io.github.espalier.coordinator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a new worktree needs before its agent starts. Ignored files that {@code .worktreeinclude} names in the main worktree
 * (gitignore syntax) are always copied. Immutable: each method returns a changed copy.
 *
 * @param copies more patterns of ignored files to copy from the main worktree, in gitignore syntax, for example {@code .env}
 * @param links ignored folders or files of the main worktree to link instead of copying, relative to its root
 * @param commands commands to run in the worktree, in order, without a shell; an exit code other than 0 fails the task
 * @param commandTimeLimit time limit of each command
 */
public record WorktreeSetup(
        List<String> copies, List<String> links, List<List<String>> commands, Duration commandTimeLimit) {
    /**
     * Copies the lists.
     *
     * @param copies as for the record
     * @param links as for the record
     * @param commands as for the record
     * @param commandTimeLimit as for the record
     */
    public WorktreeSetup {
        copies = List.copyOf(copies);
        links = List.copyOf(links);
        commands = commands.stream().map(List::copyOf).toList();
    }

    /**
     * A set-up that only heeds {@code .worktreeinclude}; commands may take ten minutes each.
     *
     * @return the set-up
     */
    public static WorktreeSetup standard() {
        return new WorktreeSetup(List.of(), List.of(), List.of(), Duration.ofMinutes(10));
    }

    /**
     * Also copies ignored files.
     *
     * @param patterns in gitignore syntax
     * @return the changed set-up
     */
    public WorktreeSetup copy(String... patterns) {
        return new WorktreeSetup(plus(copies, List.of(patterns)), links, commands, commandTimeLimit);
    }

    /**
     * Also links ignored folders or files.
     *
     * @param paths relative to the main worktree's root
     * @return the changed set-up
     */
    public WorktreeSetup link(String... paths) {
        return new WorktreeSetup(copies, plus(links, List.of(paths)), commands, commandTimeLimit);
    }

    /**
     * Also runs a command.
     *
     * @param argv the program and its arguments
     * @return the changed set-up
     */
    public WorktreeSetup run(String... argv) {
        return new WorktreeSetup(copies, links, plus(commands, List.of(List.of(argv))), commandTimeLimit);
    }

    private static <T> List<T> plus(List<T> list, List<T> more) {
        List<T> all = new ArrayList<>(list);
        all.addAll(more);
        return all;
    }
}
