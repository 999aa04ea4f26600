package io.github.espalier.worktree.fidelity;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.TestRepository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A bare repository that many histories are written into at once, and plain git in it, started as rarely as possible. */
final class BatchRepository implements AutoCloseable {
    private static final int CONFLICTED = 1;

    private final Path folder;
    private final TestRepository repository;

    BatchRepository() throws IOException {
        this.folder = Files.createTempDirectory("espalier-fidelity");
        this.repository = TestRepository.init(folder.resolve("bare.git"), "--bare");
    }

    GitRepository open() {
        return repository.open();
    }

    TestRepository plain() {
        return repository;
    }

    Path folder() {
        return folder;
    }

    /**
     * A commit to be written.
     *
     * @param tree its tree
     * @param parents the places of its parents in the list
     */
    record Wanted(SortedMap<String, TreeEntry> tree, List<Integer> parents) {
        static Wanted root(SortedMap<String, TreeEntry> tree) {
            return new Wanted(tree, List.of());
        }

        Wanted(SortedMap<String, TreeEntry> tree, Integer... parents) {
            this(tree, List.of(parents));
        }
    }

    /** Writes commits; returns their ids. */
    List<String> write(List<Wanted> commits) throws IOException {
        StringBuilder script = new StringBuilder();
        for (int i = 0; i < commits.size(); i++) {
            Wanted commit = commits.get(i);
            String message = "commit " + i;
            script.append("reset refs/heads/scratch\n\ncommit refs/heads/scratch\nmark :")
                    .append(i + 1)
                    .append("\nauthor Ann <ann@example.org> ")
                    .append(1_600_000_000 + 60 * i)
                    .append(" +0200\ncommitter Con <con@example.org> ")
                    .append(1_600_000_000 + 60 * i)
                    .append(" +0000\ndata ")
                    .append(message.length())
                    .append('\n')
                    .append(message)
                    .append('\n');
            String relation = "from :";
            for (int parent : commit.parents()) {
                script.append(relation).append(parent + 1).append('\n');
                relation = "merge :";
            }
            script.append("deleteall\n");
            commit.tree().forEach((path, entry) -> script.append(line(path, entry)));
        }
        Path marks = folder.resolve("marks");
        Output output = git(
                script.toString().getBytes(StandardCharsets.ISO_8859_1),
                "fast-import",
                "--quiet",
                "--force",
                "--export-marks=" + marks);
        assertThat(output.exitCode()).isZero();
        String[] ids = new String[commits.size()];
        for (String mark : Files.readAllLines(marks)) {
            int blank = mark.indexOf(' ');
            ids[Integer.parseInt(mark.substring(1, blank)) - 1] = mark.substring(blank + 1);
        }
        return List.of(ids);
    }

    private static String line(String path, TreeEntry entry) {
        return entry.mode().equals(TreeEntry.SUBMODULE)
                ? "M " + entry.mode() + " " + entry.content() + " " + path + "\n"
                : "M " + entry.mode() + " inline " + path + "\ndata "
                        + entry.content().length() + "\n" + entry.content() + "\n";
    }

    /** What plain git makes of pairs of commits. */
    List<GitsAnswer> mergeTree(List<Map.Entry<String, String>> pairs) throws IOException {
        StringBuilder input = new StringBuilder();
        pairs.forEach(pair ->
                input.append(pair.getKey()).append(' ').append(pair.getValue()).append('\n'));
        Output all = git(
                input.toString().getBytes(StandardCharsets.UTF_8),
                "merge-tree",
                "--write-tree",
                "-z",
                "--no-messages",
                "--stdin");
        List<GitsAnswer> answers = new ArrayList<>();
        if (all.exitCode() == 0) {
            for (String record : all.text().split("\0\0", -1)) {
                if (!record.isEmpty()) {
                    answers.add(GitsAnswer.parse(record.startsWith("0\0"), record.substring(2)));
                }
            }
            assertThat(answers).hasSameSizeAs(pairs);
            return answers;
        }
        for (Map.Entry<String, String> pair : pairs) { // git died, and took with it what it had not yet written
            Output one = git(
                    new byte[0], "merge-tree", "--write-tree", "-z", "--no-messages", pair.getKey(), pair.getValue());
            answers.add(
                    one.exitCode() > CONFLICTED
                            ? GitsAnswer.DIED
                            : GitsAnswer.parse(one.exitCode() == CONFLICTED, one.text()));
        }
        return answers;
    }

    /**
     * Paths that git's messages call a conflict though it leaves nothing unmerged there or at any other path of the message,
     * such as a folder that was renamed to several places.
     */
    Set<String> conflictsWithoutEntries(Map.Entry<String, String> pair, Set<String> unmerged) throws IOException {
        Output output =
                git(new byte[0], "merge-tree", "--write-tree", "-z", "--messages", pair.getKey(), pair.getValue());
        List<String> fields = List.of(output.text().split("\0", -1));
        Set<String> paths = new TreeSet<>();
        int at = 1 + fields.indexOf("");
        while (at < fields.size() && fields.get(at).matches("\\d+")) {
            int type = at + 1 + Integer.parseInt(fields.get(at));
            List<String> about = fields.subList(at + 1, type).stream()
                    .map(path -> path.replaceFirst("~.*", ""))
                    .toList();
            if (fields.get(type).startsWith("CONFLICT") && Collections.disjoint(about, unmerged)) {
                paths.add(about.get(0));
            }
            at = type + 2;
        }
        return paths;
    }

    /** What git printed; of its standard error nothing. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Output(int exitCode, byte[] bytes) {
        String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private Output git(byte[] input, String... arguments) throws IOException {
        List<String> argv = new ArrayList<>(List.of("git"));
        argv.addAll(List.of(arguments));
        Path in = Files.write(folder.resolve("in"), input);
        Path out = folder.resolve("out");
        Process process = new ProcessBuilder(argv)
                .directory(repository.directory().toFile())
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            return new Output(process.waitFor(), Files.readAllBytes(out));
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** A merger deletes what it keeps for a while itself, and may be at it. */
    @Override
    public void close() {
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                    return goesOn(failure);
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                        throws IOException {
                    Files.deleteIfExists(directory);
                    return goesOn(failure);
                }

                private FileVisitResult goesOn(@Nullable IOException failure) throws IOException {
                    if (failure == null || failure instanceof NoSuchFileException) {
                        return FileVisitResult.CONTINUE;
                    }
                    throw failure;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
