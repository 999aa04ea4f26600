package io.github.espalier.examples.benchmark;

import io.github.espalier.examples.support.UserGit;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;

/** A repository of many files on branch {@code main}, and branches off it, each with one commit; nothing is checked out. */
final class GeneratedProject {
    private static final int LINES = 40;
    private static final int FILES_OF_A_FOLDER = 100;

    private GeneratedProject() {}

    /**
     * Makes it, by one process of git.
     *
     * @param directory where; it must not exist yet
     * @param files how many
     * @param branches how many
     * @param edits what branch 1, 2, … writes: paths and texts
     */
    static UserGit create(Path directory, int files, int branches, IntFunction<Map<String, String>> edits) {
        Map<String, String> base = new TreeMap<>();
        for (int number = 0; number < files; number++) {
            base.put(path(number), text(number, -1, ""));
        }
        StringBuilder stream = new StringBuilder();
        commit(stream, "main", "", base);
        for (int number = 1; number <= branches; number++) {
            commit(stream, branch(number), "from refs/heads/main\n", edits.apply(number));
        }
        if (!directory.toFile().mkdirs()) {
            throw new IllegalStateException(directory + ": cannot be made");
        }
        UserGit git = new UserGit(directory);
        git.run("init", "--quiet", "--template=", "-b", "main");
        git.feed(stream.toString(), "fast-import", "--quiet");
        return git;
    }

    static String branch(int number) {
        return "work-" + number;
    }

    static String path(int file) {
        return "src/p" + file / FILES_OF_A_FOLDER + "/f" + file + ".txt";
    }

    /** What is in a file, with one of its lines edited. */
    static String text(int file, int line, String edited) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < LINES; i++) {
            text.append(i == line % LINES ? edited : "line " + i + " of file " + file)
                    .append('\n');
        }
        return text.toString();
    }

    private static void commit(StringBuilder stream, String branch, String from, Map<String, String> files) {
        stream.append("commit refs/heads/").append(branch).append('\n');
        stream.append("committer Espalier Demo <demo@espalier.invalid> 1700000000 +0000\n");
        data(stream, "Write " + files.size() + " files");
        stream.append(from);
        files.forEach((path, text) -> {
            stream.append("M 100644 inline ").append(path).append('\n');
            data(stream, text);
        });
        stream.append('\n');
    }

    private static void data(StringBuilder stream, String ascii) {
        stream.append("data ").append(ascii.length()).append('\n').append(ascii).append('\n');
    }
}
