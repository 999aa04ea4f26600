package io.github.espalier.separator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.espalier.separator.internal.history.PastCollisions;
import io.github.espalier.separator.internal.predict.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What two past changes would have come to, had both been made where the older one was. */
class PastCollisionsTest {
    @TempDir
    Path folder;

    private GitFolder project;

    @BeforeEach
    void begin() {
        project = GitFolder.init(folder.resolve("project"));
        project.commit("Begin", Map.of("a.txt", lines("", 0), "b.txt", lines("", 0)));
    }

    private static String lines(String edit, int... edited) {
        return IntStream.rangeClosed(1, 20)
                .mapToObj(i -> IntStream.of(edited).anyMatch(line -> line == i) ? edit + i : "line " + i)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private String change(Map<String, String> files) {
        project.commit("Change", files);
        return project.git("rev-parse", "HEAD").strip();
    }

    private Outcome outcome(String older, String younger, String... paths) throws IOException {
        try (Repository repository = new FileRepositoryBuilder()
                        .setGitDir(project.directory().resolve(".git").toFile())
                        .build();
                RevWalk walk = new RevWalk(repository);
                PastCollisions collisions = new PastCollisions(repository)) {
            return collisions.of(
                    walk.parseCommit(ObjectId.fromString(older)),
                    walk.parseCommit(ObjectId.fromString(younger)),
                    Set.of(paths));
        }
    }

    @Test
    void collideInOneLine() throws IOException {
        String older = change(Map.of("a.txt", lines("older ", 5)));
        String younger = change(Map.of("a.txt", lines("younger ", 5)));

        assertThat(outcome(older, younger, "a.txt")).isEqualTo(Outcome.COLLIDED);
    }

    @Test
    void goTogetherFarApart() throws IOException {
        String older = change(Map.of("a.txt", lines("edit ", 2)));
        String younger = change(Map.of("a.txt", lines("edit ", 2, 18)));

        assertThat(outcome(older, younger, "a.txt")).isEqualTo(Outcome.CLEAN);
    }

    @Test
    void collideIfOneOfTheirFilesDoes() throws IOException {
        String older = change(Map.of("a.txt", lines("edit ", 2), "b.txt", lines("older ", 5)));
        String younger = change(Map.of("a.txt", lines("edit ", 2, 18), "b.txt", lines("younger ", 5)));

        assertThat(outcome(older, younger, "a.txt", "b.txt")).isEqualTo(Outcome.COLLIDED);
    }

    @Test
    void tellNothingWhereTheYoungerNeedsWhatCameBetween() throws IOException {
        String older = change(Map.of("a.txt", lines("edit ", 2)));
        change(Map.of("a.txt", lines("edit ", 2, 18)));
        String younger = change(Map.of("a.txt", lines("edit ", 2).replace("line 18", "younger 18")));

        assertThat(outcome(older, younger, "a.txt")).isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void collideWhereOneMakesOrTakesAwayTheFile() throws IOException {
        String made = change(Map.of("new.txt", "new\n"));
        String edited = change(Map.of("new.txt", "edited\n"));
        assertThat(outcome(made, edited, "new.txt")).isEqualTo(Outcome.COLLIDED);

        Files.delete(project.directory().resolve("new.txt"));
        String gone = change(Map.of("b.txt", lines("", 0)));
        assertThat(outcome(edited, gone, "new.txt")).isEqualTo(Outcome.COLLIDED);
    }
}
