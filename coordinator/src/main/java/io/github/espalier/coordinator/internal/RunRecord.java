package io.github.espalier.coordinator.internal;

import io.github.espalier.coordinator.CoordinatorException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a journal tells of a run. Confined to the thread that reads it. */
final class RunRecord {
    private final JournalReader.Entry first;
    private final Map<String, TaskRecord> tasks = new LinkedHashMap<>();
    private final Set<String> hosts = new LinkedHashSet<>();
    private final List<Move> moves = new ArrayList<>();
    private final Map<Path, List<Room>> rooms = new LinkedHashMap<>();
    private Optional<Instant> endedAt = Optional.empty();

    private RunRecord(JournalReader.Entry first) {
        this.first = first;
    }

    /**
     * A step of the target that was begun.
     *
     * @param from where the target was to be
     * @param to where it was to go
     */
    record Move(String from, String to) {}

    /** A worktree that was made for a verification. */
    record Room(Path directory, String branch, String commit) {}

    /** Empty: the journal ends before its first line is whole, so nothing was done. */
    static Optional<RunRecord> read(Path file) {
        List<JournalReader.Entry> entries;
        try {
            entries = JournalReader.read(file).entries();
        } catch (IOException e) {
            throw new CoordinatorException(file + ": the journal cannot be read (" + e + ")", e);
        }
        if (entries.isEmpty()) {
            return Optional.empty();
        }
        RunRecord record = new RunRecord(entries.get(0));
        entries.forEach(record::replay);
        return Optional.of(record);
    }

    private void replay(JournalReader.Entry entry) {
        String task = entry.get("task");
        switch (entry.step()) {
            case "run", "recover" -> hosts.add(entry.get("host"));
            case "task" -> tasks.put(task, new TaskRecord(TaskFields.read(entry)));
            case "verify" -> {
                if (entry.isIntent()) {
                    Path directory = Path.of(entry.get("directory"));
                    rooms.computeIfAbsent(directory, any -> new ArrayList<>())
                            .add(new Room(directory, entry.get("branch"), entry.get("commit")));
                }
            }
            case "over" -> endedAt = Optional.of(at(entry));
            default -> {
                if (entry.step().equals("publish") && entry.isIntent()) {
                    moves.add(new Move(entry.get("from"), entry.get("to")));
                }
                Optional.ofNullable(tasks.get(task)).ifPresent(record -> record.replay(entry));
            }
        }
    }

    String run() {
        return first.get("run");
    }

    String target() {
        return first.get("target");
    }

    /** Whether it had no agents, but landed branches that were there already. */
    boolean landsBranches() {
        return "land".equals(first.fields().get("kind"));
    }

    /** Whether its landings were to be verified. */
    boolean verified() {
        return Boolean.parseBoolean(first.get("verified"));
    }

    /** Tells the filters that were configured when it began. */
    String filters() {
        return first.get("filters");
    }

    Instant startedAt() {
        return at(first);
    }

    /** Empty: it is under way, or its host ended before it did. */
    Optional<Instant> endedAt() {
        return endedAt;
    }

    /** The processes that ran it, one after the other. */
    Set<String> hosts() {
        return hosts;
    }

    Collection<TaskRecord> tasks() {
        return tasks.values();
    }

    /** The steps of the target that were begun, in order. */
    List<Move> moves() {
        return moves;
    }

    /** Worktrees for verifications, each with the commits it held one after the other. */
    Map<Path, List<Room>> rooms() {
        return rooms;
    }

    private static Instant at(JournalReader.Entry entry) {
        return Instant.parse(entry.fields().getOrDefault("at", Instant.EPOCH.toString()));
    }
}
