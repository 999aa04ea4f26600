package io.github.espalier.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.espalier.worktree.TestRepository;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MergeCommandTest {
    @TempDir
    static Path folder;

    private static CliHost host;

    @BeforeAll
    static void makeBranches() {
        host = CliHost.in(folder);
        branch("ours", "src/App.java", "class App { int ours; }\n");
        branch("theirs", "src/App.java", "class App { int theirs; }\n");
        branch("apart", "src/Apart.java", "class Apart {}\n");
        branch("hostile", "tab\tand\nline", "ours\n");
        branch("hostile2", "tab\tand\nline", "theirs\n");
        TestRepository.at(folder.resolve("other")).git("rm", "-q", "src/Lib.java");
        TestRepository.at(folder.resolve("other")).write("src/App.java", "class App { int gone; }\n");
        TestRepository.at(folder.resolve("other")).commit("gone");
        TestRepository.at(folder.resolve("other")).git("branch", "gone");
        branch("lib", "src/Lib.java", "class Lib { int more; }\n");
        host.repository().git("branch", "two", "lib");
        TestRepository.at(folder.resolve("other")).git("switch", "-q", "two");
        TestRepository.at(folder.resolve("other")).write("src/App.java", "class App { int two; }\n");
        TestRepository.at(folder.resolve("other")).commit("two");
    }

    private static void branch(String name, String path, String text) {
        Path directory = folder.resolve("other");
        if (!directory.toFile().exists()) {
            host.repository().git("worktree", "add", "-q", "--detach", directory.toString());
        }
        TestRepository other = TestRepository.at(directory);
        other.git("switch", "-q", "-c", name, "main");
        other.write(path, text).commit(name);
    }

    @Test
    void printsTheTreeThatGitMakes() {
        CliHost.Outcome outcome = merge("ours", "apart").ended(0);

        assertThat(outcome.out()).isEqualTo(mergeTree("ours", "apart") + "\n");
    }

    /** The JVM ends at once: nothing can be put off. */
    @ParameterizedTest
    @ValueSource(strings = {"git", "jgit"})
    void leavesNoTemporaryFolder(String engine) {
        host.here("merge", "--engine", engine, "ours", "apart").ended(0);

        assertThat(host.roomsOfMerges()).isEmpty();
    }

    @Test
    void printsTheTreeOfOursWhereThereIsNothingToMerge() {
        String tree = host.repository().resolve("ours^{tree}") + "\n";

        assertThat(merge("ours", "main").ended(0).out()).isEqualTo(tree);
        assertThat(merge("main", "ours").ended(0).out()).isEqualTo(tree);
        assertThat(merge("ours", host.repository().resolve("ours")).ended(0).out())
                .isEqualTo(tree);
    }

    @Test
    void printsALineForEachConflict() {
        assertThat(merge("ours", "theirs").ended(1).out()).isEqualTo("content\tsrc/App.java\n");
        assertThat(merge("gone", "two").ended(1).out().lines())
                .containsExactlyInAnyOrder("content\tsrc/App.java", "modify/delete\tsrc/Lib.java");
    }

    @Test
    void quotesAPathThatWouldBreakItsLine() {
        assertThat(merge("hostile", "hostile2").ended(1).out()).isEqualTo("add/add\t\"tab\\tand\\nline\"\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"git", "jgit", "JGit"})
    void mergesWithEitherEngine(String engine) {
        assertThat(merge("ours", "apart", "--engine", engine).ended(0).out())
                .isEqualTo(mergeTree("ours", "apart") + "\n");
        assertThat(merge("ours", "theirs", "--engine", engine).ended(1).out()).isEqualTo("content\tsrc/App.java\n");
    }

    @Test
    void saysWhatJgitCannotMerge() {
        Path sha256 = folder.resolve("sha256");
        TestRepository.init(sha256, "--object-format=sha256").write("a", "a").commit("a");

        CliHost.Outcome outcome =
                CliHost.elsewhere("merge", "--repo", sha256.toString(), "main", "main", "--engine", "jgit");

        assertThat(outcome.misuse())
                .startsWith("JGit does not merge in ")
                .contains("SHA-256")
                .endsWith("; use the git program's engine");
    }

    @Test
    void printsAMergeAsJson() {
        JsonNode merged = merge("ours", "apart", "--json").ended(0).json();
        JsonNode upToDate = merge("ours", "main", "--json").ended(0).json();

        assertThat(merged).isEqualTo(CliHost.json("""
                {"outcome": "merged", "tree": "%s", "conflicts": []}""".formatted(mergeTree("ours", "apart"))));
        assertThat(upToDate)
                .isEqualTo(CliHost.json("""
                {"outcome": "up-to-date", "tree": "%s", "conflicts": []}""".formatted(host.repository().resolve("ours^{tree}"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"git", "jgit"})
    void printsConflictsWithTheirSidesAsJson(String engine) {
        JsonNode json =
                merge("gone", "two", "--json", "--engine", engine).ended(1).json();

        assertThat(json).isEqualTo(CliHost.json("""
                {"outcome": "conflicted", "tree": null, "conflicts": [
                  {"path": "src/App.java", "kind": "content",
                   "base": {"path": "src/App.java", "mode": "100644", "blob": "%s"},
                   "ours": {"path": "src/App.java", "mode": "100644", "blob": "%s"},
                   "theirs": {"path": "src/App.java", "mode": "100644", "blob": "%s"}},
                  {"path": "src/Lib.java", "kind": "modify/delete",
                   "base": {"path": "src/Lib.java", "mode": "100644", "blob": "%s"},
                   "ours": null,
                   "theirs": {"path": "src/Lib.java", "mode": "100644", "blob": "%s"}}]}""".formatted(
                        host.repository().resolve("main:src/App.java"),
                        host.repository().resolve("gone:src/App.java"),
                        host.repository().resolve("two:src/App.java"),
                        host.repository().resolve("main:src/Lib.java"),
                        host.repository().resolve("two:src/Lib.java"))));
    }

    @Test
    void movesNothing() {
        host.assertMovesNothing(() -> {
            merge("ours", "apart").ended(0);
            merge("ours", "theirs").ended(1);
        });
    }

    @Test
    void mergesInABareRepository() {
        Path bare = host.bareClone("bare.git");

        assertThat(CliHost.elsewhere("merge", "--repo", bare.toString(), "ours", "apart")
                        .ended(0)
                        .out())
                .isEqualTo(mergeTree("ours", "apart") + "\n");
    }

    @Test
    void refusesWhatIsNoCommit() {
        assertThat(merge("ours", "nowhere").misuse())
                .isEqualTo("\"nowhere\" names no commit here; give a branch, a tag or a commit id that exists");
        assertThat(host.here("merge", "--", "ours", "--upload-pack=x").misuse())
                .isEqualTo("\"--upload-pack=x\": a revision cannot start with \"-\"");
        assertThat(host.here("merge", "ours").misuse())
                .isEqualTo("Missing required parameter: 'THEIRS'; see 'espalier merge --help'");
        assertThat(merge("ours", "HEAD:src/App.java").misuse())
                .startsWith("\"HEAD:src/App.java\" names no commit here");
        assertThat(merge("ours", "apart", "--engine", "svn").misuse())
                .isEqualTo("Invalid value for option '--engine': expected one of [GIT, JGIT] (case-insensitive) but was"
                        + " 'svn'; see 'espalier merge --help'");
        assertThat(host.espalier("merge", "--repo", folder.toString(), "ours", "apart")
                        .misuse())
                .contains("is in no git repository");
    }

    private static CliHost.Outcome merge(String... arguments) {
        return host.here("merge", arguments);
    }

    private static String mergeTree(String ours, String theirs) {
        return host.repository().git("merge-tree", "--write-tree", ours, theirs);
    }
}
