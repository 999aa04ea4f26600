package io.github.espalier.coordinator.internal;

import io.github.espalier.coordinator.CoordinatorException;
import io.github.espalier.worktree.WorktreeException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes what earlier runs left under the state directory, journal and logs, where there are more of them than the host
 * wants to keep, or older ones. A run that is not over, whose journal cannot be read, or whose work still waits to go in
 * stays. Refs are not touched: what was rescued or kept is independent of it.
 */
final class RunPruning {
    private static final Logger log = LoggerFactory.getLogger(RunPruning.class);

    private final RunContext context;
    private final Configuration.History history;

    RunPruning(RunContext context) {
        this.context = context;
        history = context.configuration().history();
    }

    /** At the end of a run, which is no reason for it to fail. */
    void prune() {
        try {
            Instant oldest = context.now().minus(history.age());
            List<Finished> finished = finished();
            for (int i = 0; i < finished.size(); i++) {
                Finished run = finished.get(i);
                boolean goes = i >= history.runs() || run.ended().endedAt().isBefore(oldest);
                if (goes && !run.ended().run().equals(context.run()) && isWhole(run) && !holds(run.ended())) {
                    delete(run.directory());
                }
            }
        } catch (IOException | RuntimeException e) { // of the host's clock too
            log.atWarn().addKeyValue("run", context.run()).setCause(e).log("Could not delete what old runs left");
        }
    }

    private record Finished(Path directory, RunRecord.Ended ended) {
        static Optional<Finished> of(Path directory) {
            Path journal = directory.resolve(Journal.FILE);
            return Files.isRegularFile(journal)
                    ? RunRecord.ended(journal).map(ended -> new Finished(directory, ended))
                    : Optional.empty();
        }
    }

    /** The newest first. */
    private List<Finished> finished() throws IOException {
        List<Finished> finished = new ArrayList<>();
        Path runs = context.repository().stateDirectory().resolve("runs");
        try (DirectoryStream<Path> directories = Files.newDirectoryStream(runs)) {
            for (Path directory : directories) {
                finished(directory).ifPresent(finished::add);
            }
        }
        finished.sort(Comparator.comparing((Finished run) -> run.ended().startedAt())
                .thenComparing(run -> run.ended().run())
                .reversed());
        return finished;
    }

    private static Optional<Finished> finished(Path directory) {
        try {
            return Finished.of(directory);
        } catch (CoordinatorException e) {
            tellUnreadable(directory, e);
            return Optional.empty();
        }
    }

    private static boolean isWhole(Finished run) {
        try {
            return RunRecord.read(run.directory().resolve(Journal.FILE)).isPresent();
        } catch (CoordinatorException e) {
            tellUnreadable(run.directory(), e);
            return false;
        }
    }

    private static void tellUnreadable(Path directory, CoordinatorException e) {
        log.atInfo().addKeyValue("run", directory).setCause(e).log("Kept a run whose journal cannot be read");
    }

    private boolean holds(RunRecord.Ended run) {
        try {
            return !context.refs()
                    .list(LandingLine.heldRefs(run.target(), run.run()))
                    .isEmpty();
        } catch (WorktreeException e) {
            log.atInfo().addKeyValue("run", run.run()).setCause(e).log("Kept a run of which git cannot tell");
            return true;
        }
    }

    /** The journal last: what a crash leaves is found again. No symbolic link is followed. */
    private static void delete(Path directory) throws IOException {
        Path journal = directory.resolve(Journal.FILE);
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!file.equals(journal)) {
                    Files.deleteIfExists(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) throws IOException {
                if (e != null) {
                    throw e;
                }
                if (folder.equals(directory)) {
                    Files.deleteIfExists(journal);
                }
                Files.deleteIfExists(folder);
                return FileVisitResult.CONTINUE;
            }
        });
        log.atInfo().addKeyValue("directory", directory).log("Deleted what an old run left");
    }
}
