package io.github.espalier.examples.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.TestRepository;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MergeFidelityTest {
    private static final String TEN_LINES = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n";

    @Test
    void skipsOctopusesAndSpreadsASampleEvenly() {
        RealMerge.Listing listing = RealMerge.parse(List.of("m1 a b", "m2 a b c", "m3 a b", "", "m4 a b", "m5 a b"));

        assertThat(listing.octopuses()).isEqualTo(1);
        assertThat(listing.sample(2).merges()).extracting(RealMerge::commit).containsExactly("m1", "m4");
        assertThat(listing.sample(9).merges()).hasSize(4);
    }

    @Test
    void tellsWhereEnginesDifferFromGitAndWhy(@TempDir Path folder) {
        TestRepository repository = TestRepository.create(folder.resolve("project"));
        repository.write("old.txt", TEN_LINES).commit("base");
        repository.git("checkout", "-q", "-b", "renamed");
        repository.git("mv", "old.txt", "new.txt");
        repository.commit("renamed");
        repository.git("checkout", "-q", "-b", "edited", "main");
        repository.write("old.txt", TEN_LINES.replace("5", "five")).commit("edited");
        repository.git("checkout", "-q", "-b", "other", "main");
        repository.write("old.txt", TEN_LINES.replace("5", "FIVE")).commit("other");

        List<EngineScore> scores = MergeFidelity.measure(
                repository.open(),
                List.of(
                        new RealMerge("m1", repository.resolve("renamed"), repository.resolve("edited")),
                        new RealMerge("m2", repository.resolve("edited"), repository.resolve("other"))));

        assertThat(scores).hasSize(4).allMatch(EngineScore::sound);
        List<ObjectNode> json = scores.stream().map(score -> score.json(1)).toList();
        assertThat(json.subList(0, 3))
                .allSatisfy(engine -> assertThat(engine.get("same").asInt()).isEqualTo(2));
        ObjectNode jgit = json.get(3);
        assertThat(jgit.get("same").asInt()).isEqualTo(1);
        assertThat(jgit.get("causes").toString()).contains("conflicts-alone: renames");
        assertThat(jgit.get("disagreements").get(0).get("merge").asText()).isEqualTo("m1");
    }

    @Test
    void findsEveryEngineToAgreeOnMadeUpMerges(@TempDir Path folder) {
        GeneratedMerges merges = GeneratedMerges.create(folder.resolve("project"), 300, 3);

        List<EngineScore> scores =
                MergeFidelity.measure(GitRepository.open(merges.git().directory()), merges.pairs());

        assertThat(scores)
                .hasSize(4)
                .allSatisfy(
                        score -> assertThat(score.json(1).get("same").asInt()).isEqualTo(3));
    }
}
