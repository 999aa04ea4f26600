package io.github.espalier.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.espalier.examples.support.SampleProject;
import io.github.espalier.examples.support.UserGit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo's agents, on a generated project: what they do passes their tests, and what is broken does not. */
class DemoTaskTest {
    @TempDir
    Path folder;

    private UserGit git;
    private Path tree;

    @BeforeEach
    void makeProject() {
        tree = folder.resolve("sample");
        git = SampleProject.create(tree);
    }

    @Test
    void putsATableOfContentsIntoTheReadme() throws IOException {
        ContentsTask task = new ContentsTask();

        task.work(tree, git);

        assertThat(tree.resolve("README.md")).content().contains("- [Use](#use)\n- [Licence](#licence)\n");
        assertThat(git.run("status", "--porcelain")).isEmpty();
        Files.writeString(tree.resolve("README.md"), Files.readString(tree.resolve("README.md")) + "\n## New\n");
        assertThatThrownBy(() -> task.check(tree, git))
                .isInstanceOf(CheckFailedException.class)
                .hasMessageContaining("- [New](#new)");
    }

    @Test
    void keepsTheContentsOfAReadmeWithOtherLineEndsAndCode() throws IOException {
        ContentsTask task = new ContentsTask();
        Files.writeString(tree.resolve("README.md"), "## Größe *1*\r\n```\r\n## no heading\r\n```\r\n### Ende ##\r\n");

        task.work(tree, git);

        assertThat(tree.resolve("README.md"))
                .content()
                .contains("- [Größe *1*](#größe-1)\n  - [Ende](#ende)\n", "## no heading");
    }

    @Test
    void writesAReadmeWhereThereIsNone() throws IOException {
        Files.delete(tree.resolve("README.md"));

        new ContentsTask().work(tree, git);

        assertThat(tree.resolve("README.md")).content().contains("- [Demo](#demo)");
    }

    @Test
    void countsFilesByKind() throws IOException {
        InventoryTask task = new InventoryTask();

        task.work(tree, git);

        Path file = tree.resolve("espalier-demo/INVENTORY.md");
        assertThat(file).content().contains("| java | 2 |\n| md | 2 |\n");
        Files.writeString(file, Files.readString(file).replace("| java | 2 |", "| java | 3 |"));
        assertThatThrownBy(() -> task.check(tree, git)).isInstanceOf(CheckFailedException.class);
        Files.writeString(file, "nothing\n");
        assertThatThrownBy(() -> task.check(tree, git)).hasMessageContaining("does not name its commit");
    }

    @Test
    void mendsAClassUntilItsTestPasses() throws IOException {
        VersionsTask task = new VersionsTask();

        task.work(tree, git);

        assertThatCode(() -> task.check(tree, git)).doesNotThrowAnyException();
        assertThat(git.run("status", "--porcelain")).isEqualTo(" A espalier-demo/VersionsTest.java");
        Path source = tree.resolve("espalier-demo/Versions.java");
        String mended = Files.readString(source);
        Files.writeString(source, mended.replace("return order;", "return -order;"));
        assertThatThrownBy(() -> task.check(tree, git)).hasMessageContaining("1.2 against 1.10: 1 instead of -1");
        Files.writeString(source, "no Java\n");
        assertThatThrownBy(() -> task.check(tree, git)).hasMessageContaining("it does not compile: ");
        Files.delete(source);
        assertThatThrownBy(() -> task.check(tree, git)).hasMessageContaining("Versions.java is missing");
    }

    @Test
    void knowsWhatIsInATree() {
        assertThat(DemoTask.all()).noneMatch(task -> task.isIn(tree));

        DemoTask.all().forEach(task -> task.work(tree, git));

        assertThat(DemoTask.all()).allMatch(task -> task.isIn(tree));
        assertThatCode(() -> DemoTask.all().forEach(task -> task.check(tree, git)))
                .doesNotThrowAnyException();
    }
}
