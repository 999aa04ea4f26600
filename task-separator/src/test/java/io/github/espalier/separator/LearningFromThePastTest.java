package io.github.espalier.separator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of a project is adjusted to what its own changes came to. */
class LearningFromThePastTest {
    private static final int CHANGES = 130;
    private static final int LINES = 120;

    @TempDir
    private Path folder;

    /** A project in which every change touches two files, one line each. */
    private ProjectKnowledge project(String name, IntUnaryOperator lineOfChange)
            throws IOException, InterruptedException {
        Path directory = GitFolder.init(folder.resolve(name).toAbsolutePath()).directory();
        int[] edits = new int[LINES];
        StringBuilder stream = new StringBuilder();
        for (int change = 0; change < CHANGES; change++) {
            edits[lineOfChange.applyAsInt(change)] = change;
            String table = IntStream.range(0, LINES)
                    .mapToObj(line -> "line " + line + " " + edits[line])
                    .collect(Collectors.joining("\n", "", "\n"));
            stream.append("commit refs/heads/main\ncommitter Test <test@example.org> ")
                    .append(1_700_000_000 + change)
                    .append(" +0000\n")
                    .append(data("Set another price, number " + change + "\n"));
            for (String file : List.of("src/Prices.java", "src/Taxes.java")) {
                stream.append("M 100644 inline ").append(file).append('\n').append(data(table));
            }
        }
        Path commits = Files.writeString(folder.resolve(name + ".stream"), stream);
        int exit = new ProcessBuilder("git", "-C", directory.toString(), "fast-import", "--quiet")
                .redirectInput(commits.toFile())
                .start()
                .waitFor();
        assertThat(exit).isZero();
        return ProjectKnowledge.read(directory, "main");
    }

    private static String data(String text) {
        return "data " + text.getBytes(StandardCharsets.UTF_8).length + "\n" + text + "\n";
    }

    private static Separation separate(ProjectKnowledge known, Task... tasks) {
        return TaskSeparator.builder(known.tree()).history(known).build().separate(List.of(tasks));
    }

    private static double collisions(ProjectKnowledge known) {
        return separate(known, prices("a"), prices("b")).probability("a", "b");
    }

    private static Task prices(String id) {
        return Task.builder(id).title("Round " + id).declare("src/Prices.java").build();
    }

    @Test
    void findsACollisionLikelierWhereChangesOfTheSameFileDidCollide() throws Exception {
        double atOneLine = collisions(project("one-line", change -> 5));
        double farApart = collisions(project("far-apart", change -> change * 17 % LINES));

        assertThat(atOneLine).isGreaterThan(2 * farApart);
    }

    @Test
    void findsAFileLikelierWhereChangesOfSuchTextsDidTouchIt() throws Exception {
        ProjectKnowledge known = project("prices", change -> change * 17 % LINES);
        Task task = Task.builder("t").title("Set another price").build();

        assertThat(separate(known, task).footprint("t").touches())
                .filteredOn(touch -> touch.probability() > 0.9)
                .extracting(Footprint.Touch::path)
                .contains("src/Prices.java", "src/Taxes.java");
    }
}
