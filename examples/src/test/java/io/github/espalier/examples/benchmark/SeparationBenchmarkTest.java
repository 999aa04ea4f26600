package io.github.espalier.examples.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.espalier.examples.support.UserGit;
import io.github.espalier.separator.internal.predict.PastTasks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeparationBenchmarkTest {
    private static final int CHANGES = 14;

    @TempDir
    private Path folder;

    /** Changes of two subjects in turn, each of which touches one file; those of one subject collide. */
    private List<String> project(String name) throws IOException {
        Path directory = folder.resolve(name);
        Files.createDirectories(directory.resolve("src"));
        UserGit git = new UserGit(directory);
        git.run("init", "-q", "-b", "main");
        List<String> tasks = new ArrayList<>();
        List<String> pairs = new ArrayList<>(List.of("older,younger,verdict"));
        for (int i = 0; i < CHANGES; i++) {
            String subject = i % 2 == 0 ? "Parse quotes" : "Charge fees";
            String file = i % 2 == 0 ? "src/Parser.java" : "src/Fees.java";
            if (i >= 2) {
                String base = git.run("rev-parse", "HEAD").strip();
                tasks.add("{\"id\": " + i + ", \"base\": \"" + base + "\", \"subject\": \"" + subject + " " + i
                        + "\", \"touched\": [[\"M\", \"" + file + "\"]]}");
                if (i >= 4) {
                    pairs.add((i - 2) + "," + i + ",conflict");
                    pairs.add((i - 1) + "," + i + ",clean");
                }
            }
            Files.writeString(directory.resolve(file), "class A { int a" + i + "; }\n");
            git.run("add", "-A");
            git.run("commit", "-q", "-m", subject + " " + i);
        }
        return List.of(
                "--repo",
                directory.toString(),
                "--tasks",
                Files.write(folder.resolve(name + ".tasks.jsonl"), tasks).toString(),
                "--pairs",
                Files.write(folder.resolve(name + ".pairs.csv"), pairs).toString(),
                "--rows",
                folder.resolve(name + ".rows").toString());
    }

    private static ObjectNode measure(List<String> arguments) throws IOException {
        return SeparationBenchmark.measure(SeparationRequest.parse(arguments.toArray(String[]::new)));
    }

    @Test
    void findsFilesAndPairs() throws IOException {
        List<String> one = project("one");

        ObjectNode json = measure(one);

        assertThat(json.at("/one/files/combined/hit@10").asDouble()).isEqualTo(1);
        assertThat(json.at("/one/pairs/count").asInt()).isEqualTo(20);
        assertThat(json.at("/one/pairs/collided").asInt()).isEqualTo(10);
        assertThat(json.at("/one/pairs/text/roc").asDouble()).isGreaterThan(0.5);
        assertThat(json.at("/one/pairs/safe/recall").asDouble()).isEqualTo(1);
        assertThat(json.at("/one/pairs/each source alone").size()).isGreaterThan(5);
        assertThat(json.at("/one/better than combined").isArray()).isTrue();
        assertThat(json.at("/one/better than combined"))
                .map(JsonNode::asText)
                .filteredOn(text -> text.startsWith("pairs/"))
                .allSatisfy(text -> assertThat(text).matches(".* against [0-9.]+, in [01][0-9.]* of resamples"));
        assertThat(json.at("/one/calibration/text, not scaled/table").size()).isPositive();
        assertThat(json.at("/macro").get("files/combined/hit@1").asDouble()).isPositive();
        Files.move(folder.resolve("one"), folder.resolve("gone"));
        assertThat(measure(one)).as("from the rows alone").isEqualTo(json);
    }

    @Test
    void testsEachByWhatIsFittedToTheOthers() throws IOException {
        List<String> both = new ArrayList<>(project("one"));
        both.addAll(project("two"));
        both.add("--leave-one-out");

        ObjectNode json = measure(both);

        assertThat(json.fieldNames()).toIterable().containsExactly("one", "two", "macro");
        assertThat(json.at("/two/files/combined/hit@10").asDouble()).isEqualTo(1);
    }

    @Test
    void saysHowToCallIt() throws IOException {
        List<String> one = new ArrayList<>(project("one"));
        one.add("--leave-one-out");

        assertThatThrownBy(() -> measure(one)).hasMessageStartingWith("--leave-one-out needs two projects");
        assertThatThrownBy(() -> SeparationRequest.parse("--repo", "x")).hasMessageStartingWith("use: ");
        assertThatThrownBy(() -> SeparationRequest.parse("--rope", "x")).hasMessageStartingWith("use: ");
        assertThatThrownBy(() -> SeparationRequest.parse()).hasMessageStartingWith("use: ");
    }

    @Test
    void refusesRowsOfAnotherVersion() throws IOException {
        List<String> one = project("one");
        Path rows = folder.resolve("one.rows");
        for (byte[] other : List.of(new byte[0], new byte[1000])) {
            Files.write(rows, other);

            assertThatThrownBy(() -> measure(one))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith(rows + " holds no rows");
        }
    }

    @Test
    void makesItsFilesOfAnyRepository() throws IOException {
        List<String> arguments = project("own");
        Path tasks = folder.resolve("made.tasks.jsonl");
        Path pairs = folder.resolve("made.pairs.csv");

        ObjectNode count = SeparationLabels.write(PastTasks.read(Path.of(arguments.get(1)), "HEAD", 6), tasks, pairs);

        // Of six changes each goes with those of the other subject, collides with the next of its own, and does not go
        // onto what was there before an earlier one.
        assertThat(count.toString()).isEqualTo("{\"tasks\":6,\"clean\":9,\"collided\":4,\"excluded\":2}");
        ObjectNode measured =
                measure(List.of("--repo", arguments.get(1), "--tasks", tasks.toString(), "--pairs", pairs.toString()));
        assertThat(measured.findValue("count").asInt()).isEqualTo(13);
        assertThat(measured.findValue("collided").asInt()).isEqualTo(4);
    }
}
