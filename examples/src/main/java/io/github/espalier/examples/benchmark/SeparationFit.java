package io.github.espalier.examples.benchmark;

import io.github.espalier.separator.internal.predict.ModelFit;
import io.github.espalier.separator.internal.predict.ReplayRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Fits the weights of separation to rows that {@link SeparationBenchmark} kept, and prints them as they stand in the library's
 * {@code separation-model.properties}.
 *
 * <pre>{@code
 * java -cp examples/target/espalier.jar io.github.espalier.examples.benchmark.SeparationFit \
 *     kafka.rows mockito.rows spring-boot.rows > separation-model.properties
 * }</pre>
 */
public final class SeparationFit {
    private SeparationFit() {}

    /**
     * Fits and prints.
     *
     * @param args rows files, one a project
     * @throws IOException if one cannot be read
     */
    public static void main(String... args) throws IOException {
        if (args.length == 0) {
            System.err.println("use: FILE.rows…");
            System.exit(2);
            return;
        }
        List<List<ReplayRecord>> projects = new ArrayList<>();
        for (String file : args) {
            projects.add(SeparationData.read(Path.of(file)));
        }
        System.out.println(
                "# The weights of separation, fitted by io.github.espalier.examples.benchmark.SeparationFit");
        System.out.println(
                "# (docs/separation.md has the commands and the data). Each feature of a file and its square root;");
        System.out.println(
                "# file.*: how often two changes of a file collide; pair.*: whether two tasks do, by their texts.");
        ModelFit.fit(projects).forEach((key, value) -> System.out.println(key + "=" + value));
    }
}
