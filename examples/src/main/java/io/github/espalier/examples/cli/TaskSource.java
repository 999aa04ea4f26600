package io.github.espalier.examples.cli;

import io.github.espalier.separator.Roadmap;
import io.github.espalier.separator.SpecDirectory;
import io.github.espalier.separator.Task;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where tasks come from; exactly one of the options is given. */
final class TaskSource {
    @Option(names = "--specs", paramLabel = "DIR", description = "a folder with one Markdown specification a task")
    private @Nullable Path specs;

    @Option(names = "--roadmap", paramLabel = "FILE", description = "a roadmap in Markdown; its planned work counts")
    private @Nullable Path roadmap;

    @Option(
            names = "--tasks",
            paramLabel = "FILE.json",
            description = "an array of {id, title, spec, files[], dependsOn[], priority, effort}")
    private @Nullable Path tasks;

    List<Task> read() {
        if (specs != null) {
            return some(SpecDirectory.of(specs).tasks(), specs, "holds no *.md; name the folder of the specifications");
        } else if (roadmap != null) {
            return some(readRoadmap(roadmap), roadmap, "has no planned work; mark a section's heading with 📝 Planned");
        } else if (tasks != null) {
            return some(TaskFile.read(tasks), tasks, "holds an empty array; give at least one task");
        }
        throw new IllegalStateException("the command line let no source through");
    }

    private static List<Task> readRoadmap(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new MisuseException("--roadmap " + file + ": there is no such file; name a roadmap in Markdown");
        }
        return Roadmap.read(file).planned();
    }

    private static List<Task> some(List<Task> read, Path where, String problem) {
        if (read.isEmpty()) {
            throw new MisuseException(where + " " + problem);
        }
        return read;
    }
}
