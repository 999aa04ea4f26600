package io.github.espalier.coordinator.internal;

import io.github.espalier.coordinator.CoordinatorException;
import io.github.espalier.coordinator.Landing;
import io.github.espalier.coordinator.RecordedRun;
import io.github.espalier.coordinator.RecordedRun.RecordedTask;
import io.github.espalier.coordinator.RecordedUndo;
import io.github.espalier.coordinator.RunHistory;
import io.github.espalier.coordinator.TaskOutcome;
import io.github.espalier.separator.EffortEstimate;
import io.github.espalier.worktree.GitRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Reads runs back from their journals. */
public final class JournaledRuns implements RunHistory {
    private final Path directory;

    public JournaledRuns(GitRepository repository) {
        directory = repository.stateDirectory().resolve("runs");
    }

    @Override
    public List<RecordedRun> runs() {
        return records().stream()
                .filter(record -> record.undoes().isEmpty())
                .map(JournaledRuns::recorded)
                .sorted(Comparator.comparing(RecordedRun::startedAt)
                        .thenComparing(RecordedRun::run)
                        .reversed())
                .toList();
    }

    @Override
    public EffortEstimate efforts() {
        return JournaledEfforts.of(this);
    }

    /** The runs that were begun last, the newest first, but for those whose journals cannot be read. */
    List<RunRecord> newest(int most) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> runs = Files.list(directory)) {
            return runs.sorted(Comparator.reverseOrder()) // their names begin with the time
                    .limit(most)
                    .map(run -> run.resolve(Journal.FILE))
                    .filter(Files::isRegularFile)
                    .flatMap(journal -> readable(journal).stream())
                    .toList();
        } catch (IOException e) {
            throw new CoordinatorException(directory + ": the runs cannot be listed (" + e + ")", e);
        }
    }

    private static Optional<RunRecord> readable(Path journal) {
        try {
            return RunRecord.read(journal);
        } catch (CoordinatorException e) {
            return Optional.empty();
        }
    }

    /** Every run that has begun, the oldest first. */
    List<RunRecord> records() {
        return records(journal -> true);
    }

    /** Every run that has begun and is not over, the oldest first. */
    List<RunRecord> unfinished() {
        return records(journal -> RunRecord.ended(journal).isEmpty());
    }

    private List<RunRecord> records(Predicate<Path> wanted) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> runs = Files.list(directory)) {
            return runs.map(run -> run.resolve(Journal.FILE))
                    .filter(Files::isRegularFile)
                    .filter(wanted)
                    .map(RunRecord::read)
                    .flatMap(Optional::stream)
                    .sorted(Comparator.comparing(RunRecord::startedAt).thenComparing(RunRecord::run))
                    .toList();
        } catch (IOException e) {
            throw new CoordinatorException(directory + ": the runs cannot be listed (" + e + ")", e);
        }
    }

    @Override
    public List<Landing> landings() {
        return landings(records());
    }

    /** The same without the runs whose journals cannot be read. */
    List<Landing> readableLandings() {
        return landings(newest(Integer.MAX_VALUE));
    }

    private static List<Landing> landings(List<RunRecord> records) {
        Map<String, RunRecord.Released> released = new HashMap<>();
        records.forEach(record -> released.putAll(record.released()));
        return records.stream()
                .flatMap(record -> record.tasks().stream().flatMap(task -> landing(record, task, released).stream()))
                .sorted(Comparator.comparing(Landing::at).reversed())
                .toList();
    }

    /** One that was held is the one that was last begun; what it came in as may have been made later. */
    private static Optional<Landing> landing(
            RunRecord record, TaskRecord task, Map<String, RunRecord.Released> released) {
        String ref =
                LandingLine.heldRef(record.target(), record.run(), task.task().id());
        Optional<RunRecord.Released> in = Optional.ofNullable(released.get(ref));
        return task.landed()
                .map(landing -> landing(record, task, landing, landing.commit(), landing.at()))
                .or(() -> in.flatMap(now ->
                        task.heldLanding().map(landing -> landing(record, task, landing, now.commit(), now.at()))));
    }

    private static Landing landing(
            RunRecord record, TaskRecord task, TaskRecord.Landing landing, String published, Instant at) {
        String id = task.task().id();
        return new Landing(
                record.run() + "/" + TaskNames.slug(id),
                record.run(),
                id,
                record.target(),
                landing.onto(),
                landing.commit(),
                published,
                landing.tip(),
                at);
    }

    @Override
    public List<RecordedUndo> undos() {
        return records().stream()
                .flatMap(record -> record.undoes().stream().map(landing -> undo(record, landing)))
                .sorted(Comparator.comparing(RecordedUndo::startedAt)
                        .thenComparing(RecordedUndo::run)
                        .reversed())
                .toList();
    }

    private static RecordedUndo undo(RunRecord record, String landing) {
        return new RecordedUndo(
                record.run(),
                landing,
                record.target(),
                record.startedAt(),
                record.endedAt(),
                record.success(),
                record.detail());
    }

    private static RecordedRun recorded(RunRecord record) {
        List<RecordedTask> tasks =
                record.tasks().stream().map(JournaledRuns::recorded).toList();
        return new RecordedRun(record.run(), record.target(), record.startedAt(), record.endedAt(), tasks);
    }

    private static RecordedTask recorded(TaskRecord task) {
        return new RecordedTask(
                task.task().id(),
                task.task().title(),
                task.outcome().map(TaskOutcome::word),
                task.outcome().map(TaskOutcome::describe));
    }
}
