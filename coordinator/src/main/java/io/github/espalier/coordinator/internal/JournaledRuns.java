package io.github.espalier.coordinator.internal;

import io.github.espalier.coordinator.CoordinatorException;
import io.github.espalier.coordinator.RecordedRun;
import io.github.espalier.coordinator.RecordedRun.RecordedTask;
import io.github.espalier.coordinator.RunHistory;
import io.github.espalier.worktree.GitRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads runs back from their journals. */
public final class JournaledRuns implements RunHistory {
    private final Path directory;

    public JournaledRuns(GitRepository repository) {
        directory = repository.stateDirectory().resolve("runs");
    }

    @Override
    public List<RecordedRun> runs() {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> runs = Files.list(directory)) {
            return runs.map(run -> run.resolve(Journal.FILE))
                    .filter(Files::isRegularFile)
                    .map(JournaledRuns::read)
                    .flatMap(Optional::stream)
                    .sorted(Comparator.comparing(RecordedRun::run).reversed())
                    .toList();
        } catch (IOException e) {
            throw new CoordinatorException(directory + ": the runs cannot be listed (" + e + ")", e);
        }
    }

    /** Empty: the journal ends before its first line is whole. */
    private static Optional<RecordedRun> read(Path file) {
        List<JournalReader.Entry> entries;
        try {
            entries = JournalReader.read(file);
        } catch (IOException e) {
            throw new CoordinatorException(file + ": the journal cannot be read (" + e + ")", e);
        }
        if (entries.isEmpty()) {
            return Optional.empty();
        }
        Map<String, RecordedTask> tasks = new LinkedHashMap<>();
        Optional<Instant> endedAt = Optional.empty();
        for (JournalReader.Entry entry : entries) {
            Map<String, String> fields = entry.fields();
            String task = fields.getOrDefault("task", "");
            if (entry.step().equals("task")) {
                String title = fields.getOrDefault("title", "");
                tasks.put(task, new RecordedTask(task, title, Optional.empty(), Optional.empty()));
            } else if (entry.step().equals("outcome")) {
                tasks.computeIfPresent(task, (id, known) -> outcome(known, fields));
            } else if (entry.step().equals("over")) {
                endedAt = Optional.of(at(entry));
            }
        }
        JournalReader.Entry first = entries.get(0);
        return Optional.of(new RecordedRun(
                first.fields().getOrDefault("run", ""),
                first.fields().getOrDefault("target", ""),
                at(first),
                endedAt,
                List.copyOf(tasks.values())));
    }

    private static RecordedTask outcome(RecordedTask task, Map<String, String> fields) {
        return new RecordedTask(
                task.id(),
                task.title(),
                Optional.ofNullable(fields.get("outcome")),
                Optional.ofNullable(fields.get("detail")));
    }

    private static Instant at(JournalReader.Entry entry) {
        return Instant.parse(entry.fields().getOrDefault("at", Instant.EPOCH.toString()));
    }
}
