package io.github.espalier.examples.benchmark;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.espalier.separator.ChangeHistory;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.List;

/**
 * How long a project's history takes: the first reading beside {@code git log --name-status}, and an increment of ten commits.
 * On a clone of its own that shares the objects, so that the repository stays as it is.
 *
 * <pre>{@code
 * java -cp examples/target/espalier.jar io.github.espalier.examples.benchmark.HistoryReport kafka.git 10000
 * }</pre>
 */
public final class HistoryReport {
    private static final int ROUNDS = 5;
    private static final int INCREMENT = 10;

    private HistoryReport() {}

    /**
     * Measures, in turns, and prints the medians as JSON.
     *
     * @param args a repository and a number of commits
     * @throws IOException if a process cannot be started or the clone not be made
     * @throws InterruptedException if it is interrupted
     */
    public static void main(String... args) throws IOException, InterruptedException {
        if (args.length != 2) {
            System.err.println("use: GITDIR COMMITS");
            System.exit(2);
            return;
        }
        int most = Integer.parseInt(args[1]);
        Path folder = Files.createTempDirectory("history");
        try {
            Path clone = folder.resolve("clone.git");
            run(
                    "git",
                    "clone",
                    "-q",
                    "--bare",
                    "--shared",
                    Path.of(args[0]).toAbsolutePath().toString(),
                    clone.toString());
            System.out.println(measure(clone, most).toPrettyString());
        } finally {
            delete(folder);
        }
    }

    private static ObjectNode measure(Path clone, int most) throws IOException, InterruptedException {
        double[] git = new double[ROUNDS];
        double[] first = new double[ROUNDS];
        double[] increment = new double[ROUNDS];
        int changes = 0;
        for (int round = 0; round < ROUNDS; round++) {
            git[round] = run(
                    "git",
                    "-C",
                    clone.toString(),
                    "log",
                    "--no-merges",
                    "--name-status",
                    "-n",
                    String.valueOf(most),
                    "HEAD");
            delete(clone.resolve("espalier"));
            long start = System.nanoTime();
            changes = ChangeHistory.of(clone, "HEAD", most).changes().size();
            first[round] = (System.nanoTime() - start) / 1e6;
            delete(clone.resolve("espalier"));
            ChangeHistory.of(clone, "HEAD~" + INCREMENT, most);
            start = System.nanoTime();
            ChangeHistory.of(clone, "HEAD", most);
            increment[round] = (System.nanoTime() - start) / 1e6;
        }
        return JsonNodeFactory.instance
                .objectNode()
                .put("changes", changes)
                .put("gitMilliseconds", Math.round(median(git)))
                .put("firstMilliseconds", Math.round(median(first)))
                .put("coldMilliseconds", Math.round(first[0]))
                .put("firstAgainstGit", SeparationScore.round(median(first) / median(git)))
                .put("incrementMilliseconds", Math.round(median(increment)));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static double run(String... command) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process process = new ProcessBuilder(List.of(command))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed");
        }
        return (System.nanoTime() - start) / 1e6;
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(
                    Path directory, @org.jspecify.annotations.Nullable IOException failed) throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
