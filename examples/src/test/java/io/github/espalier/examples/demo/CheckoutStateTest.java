package io.github.espalier.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.espalier.examples.support.SampleProject;
import io.github.espalier.examples.support.UserGit;
import io.github.espalier.worktree.GitRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That the demo would see it if it touched the checkout it clones. */
class CheckoutStateTest {
    @TempDir
    Path folder;

    private UserGit git;
    private CheckoutState before;

    @BeforeEach
    void makeProject() {
        git = SampleProject.create(folder.resolve("sample"));
        before = state();
    }

    @Test
    void seesNoChangeWhereThereIsNone() {
        assertThat(before.files()).isEqualTo(4);
        assertThat(before.changesTo(state())).isEmpty();
    }

    @Test
    void seesFilesThatAreChangedAddedAndGone() throws IOException {
        SampleProject.write(git.directory(), "README.md", "# other\n");
        SampleProject.write(git.directory(), "new.txt", "new\n");
        Files.delete(git.directory().resolve("docs/guide.md"));
        assertThat(git.directory().resolve("src/Greeter.java").toFile().setExecutable(true))
                .isTrue();

        assertThat(changes())
                .containsExactlyInAnyOrder(
                        "file README.md", "file new.txt", "file docs/guide.md", "file src/Greeter.java");
    }

    @Test
    void seesWhatGitKeeps() {
        SampleProject.write(git.directory(), "README.md", "# other\n");
        git.run("stash", "push", "--quiet");
        assertThat(changes()).contains("stash", "refs");

        git.run("config", "some.key", "value");
        assertThat(changes()).contains("configuration");

        git.run("switch", "--quiet", SampleProject.TARGET);
        assertThat(changes()).contains("HEAD");

        SampleProject.write(git.directory(), "README.md", "# third\n");
        git.run("add", "README.md");
        assertThat(changes()).contains("index", "file README.md");
    }

    private List<String> changes() {
        return before.changesTo(state());
    }

    private CheckoutState state() {
        return CheckoutState.of(GitRepository.open(git.directory()));
    }
}
