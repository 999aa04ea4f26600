package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.WorktreeEntry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code git worktree list --porcelain -z}: lines of a record end in NUL, a record in one more. */
public final class WorktreeList {
    private final Git git;

    public WorktreeList(Git git) {
        this.git = git;
    }

    public List<WorktreeEntry> entries() {
        List<WorktreeEntry> entries = new ArrayList<>();
        List<String> record = new ArrayList<>();
        for (String line :
                git.command("worktree", "list", "--porcelain", "-z").run().nulSeparated()) {
            if (!line.isEmpty()) {
                record.add(line);
            } else if (!record.isEmpty()) {
                entries.add(entry(record));
                record.clear();
            }
        }
        return List.copyOf(entries);
    }

    private static WorktreeEntry entry(List<String> record) {
        return new WorktreeEntry(
                Path.of(value(record, "worktree").orElseThrow()),
                value(record, "HEAD").filter(id -> !id.matches("0+")),
                value(record, "branch").map(ref -> ref.replaceFirst("^refs/heads/", "")),
                record.contains("bare"),
                value(record, "prunable"));
    }

    private static Optional<String> value(List<String> record, String key) {
        return record.stream()
                .filter(line -> line.equals(key) || line.startsWith(key + " "))
                .map(line -> line.equals(key) ? "" : line.substring(key.length() + 1))
                .findFirst();
    }
}
