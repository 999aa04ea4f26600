package io.github.espalier.coordinator.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A line of the journal: an intent is on the disk when the call returns, a result is not waited for. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class JournalBenchmark {
    private static final Map<String, ?> FIELDS = Map.of(
            "task", "us-107",
            "attempt", 1,
            "directory", "/srv/project-wtus-107",
            "branch", "feature/us-107",
            "declared", List.of("src/main/java/org/example/App.java", "CHANGELOG.md"));

    private @Nullable Path folder;
    private @Nullable Journal journal;

    /** Begins a journal in a temporary folder. */
    @Setup
    public void begin() throws IOException {
        Path root = Files.createTempDirectory("espalier-jmh-");
        folder = root;
        journal = Journal.create(root, root.resolve("run"), Clock.systemUTC());
    }

    /** Takes the folder away. */
    @TearDown
    public void end() throws IOException {
        Objects.requireNonNull(journal).close();
        try (Stream<Path> files = Files.walk(Objects.requireNonNull(folder))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** With fsync. */
    @Benchmark
    public void intent() {
        Objects.requireNonNull(journal).intent("worktree", FIELDS);
    }

    /** Without. */
    @Benchmark
    public void result() {
        Objects.requireNonNull(journal).result("worktree", FIELDS);
    }
}
