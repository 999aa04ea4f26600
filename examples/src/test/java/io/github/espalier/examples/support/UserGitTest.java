package io.github.espalier.examples.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserGitTest {
    @TempDir
    Path folder;

    @Test
    void makesAProjectWithATargetThatIsNotCheckedOut() {
        UserGit git = SampleProject.create(folder.resolve("project"));

        assertThat(git.run("symbolic-ref", "--short", "HEAD")).isEqualTo("main");
        assertThat(git.run("rev-parse", SampleProject.TARGET)).isEqualTo(git.run("rev-parse", "main"));
        assertThat(git.run("status", "--porcelain")).isEmpty();
    }

    @Test
    void runsNoHook() {
        UserGit git = SampleProject.create(folder.resolve("project"));
        SampleProject.write(git.directory(), ".git/hooks/pre-commit", "#!/bin/sh\nexit 1\n");
        assertThat(git.directory().resolve(".git/hooks/pre-commit").toFile().setExecutable(true))
                .isTrue();
        SampleProject.write(git.directory(), "new.txt", "new\n");

        String commit = git.commitAll("Add a file");

        assertThat(git.run("show", "--format=%an", "--name-only", commit)).isEqualTo("Espalier Demo\n\nnew.txt");
    }

    @Test
    void failsWithAllThatGitPrinted() {
        UserGit git = SampleProject.create(folder.resolve("project"));

        assertThatThrownBy(() -> git.run("switch", "nowhere"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("git switch nowhere ended with 128: ")
                .hasMessageContaining("nowhere");
    }
}
