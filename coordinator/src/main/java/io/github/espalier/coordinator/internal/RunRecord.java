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
    private static final String OVER = "over";

    private final JournalReader.Entry first;
    private final Map<String, TaskRecord> tasks = new LinkedHashMap<>();
    private final Set<String> hosts = new LinkedHashSet<>();
    private final List<Move> moves = new ArrayList<>();
    private final Map<Path, List<Room>> rooms = new LinkedHashMap<>();
    private final List<Resolution> resolutions = new ArrayList<>();
    private final Map<String, Released> released = new LinkedHashMap<>();
    private Optional<Kept> kept = Optional.empty();
    private Optional<JournalReader.Entry> over = Optional.empty();

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

    /**
     * A worktree that was made for a conflict to be resolved in.
     *
     * @param task the task
     * @param attempt of how many
     * @param commit what it began at
     */
    record Resolution(String task, int attempt, Path directory, String branch, String commit) {}

    /**
     * A landing that was held and has come in.
     *
     * @param commit what the ref held then
     * @param at when
     */
    record Released(String commit, Instant at) {}

    /** What a landing that is taken back by moving the target keeps its commits under. */
    record Kept(String ref, String commit) {}

    /**
     * A run that is over.
     *
     * @param run its id
     * @param target the branch it landed on
     * @param startedAt when it began
     * @param endedAt when it was over
     */
    record Ended(String run, String target, Instant startedAt, Instant endedAt) {
        private Ended(JournalReader.Entry first, JournalReader.Entry over) {
            this(first.get("run"), first.get("target"), at(first), at(over));
        }
    }

    /** Of a run that is over, read from the ends of its journal, if the last line says so. Empty: it is not over. */
    static Optional<Ended> ended(Path file) {
        Optional<JournalReader.Ends> ends = reading(file, JournalReader::ends)
                .filter(lines -> lines.last().step().equals(OVER));
        return ends.isPresent()
                ? ends.map(lines -> new Ended(lines.first(), lines.last()))
                : read(file).flatMap(record -> record.over.map(over -> new Ended(record.first, over)));
    }

    /** Empty: the journal ends before its first line is whole, so nothing was done. */
    static Optional<RunRecord> read(Path file) {
        List<JournalReader.Entry> entries = reading(file, JournalReader::read).entries();
        if (entries.isEmpty()) {
            return Optional.empty();
        }
        RunRecord record = new RunRecord(entries.get(0));
        entries.forEach(record::replay);
        return Optional.of(record);
    }

    private interface Reading<T> {
        T of(Path file) throws IOException;
    }

    private static <T> T reading(Path file, Reading<T> reading) {
        try {
            return reading.of(file);
        } catch (IOException e) {
            throw new CoordinatorException(file + ": the journal cannot be read (" + e + ")", e);
        }
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
            case OVER -> over = Optional.of(entry);
            case "release" -> released.put(entry.get("ref"), new Released(entry.get("commit"), at(entry)));
            case "keep" -> kept = Optional.of(new Kept(entry.get("ref"), entry.get("commit")));
            default -> {
                if (entry.step().equals("publish") && entry.isIntent()) {
                    moves.add(new Move(entry.get("from"), entry.get("to")));
                } else if (entry.step().equals("resolve") && entry.isIntent()) {
                    resolutions.add(resolution(entry));
                }
                Optional.ofNullable(tasks.get(task)).ifPresent(record -> record.replay(entry));
            }
        }
    }

    private static Resolution resolution(JournalReader.Entry entry) {
        return new Resolution(
                entry.get("task"),
                Integer.parseInt(entry.fields().getOrDefault("attempt", "1")),
                Path.of(entry.get("directory")),
                entry.get("branch"),
                entry.get("commit"));
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

    /** The landing that it took back, or tried to; empty: it is a run. */
    Optional<String> undoes() {
        return Optional.ofNullable(first.fields().get("undoes"));
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
        return over.map(RunRecord::at);
    }

    /** Whether it did all that it was to do. */
    boolean success() {
        return over.filter(entry -> Boolean.parseBoolean(entry.get("success"))).isPresent();
    }

    /** What came of it, for a person, where that is told. */
    Optional<String> detail() {
        return over.map(entry -> entry.get("detail")).filter(detail -> !detail.isEmpty());
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

    /** Worktrees for resolutions, in order. */
    List<Resolution> resolutions() {
        return resolutions;
    }

    /** Held landings, of this run or an earlier one, that came in during this one; by the refs that held them. */
    Map<String, Released> released() {
        return released;
    }

    /** What keeps the commits of the landing that it took back. */
    Optional<Kept> kept() {
        return kept;
    }

    /** Worktrees for verifications, each with the commits it held one after the other. */
    Map<Path, List<Room>> rooms() {
        return rooms;
    }

    private static Instant at(JournalReader.Entry entry) {
        return Instant.parse(entry.fields().getOrDefault("at", Instant.EPOCH.toString()));
    }
}
