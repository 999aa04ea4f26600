package io.github.espalier.separator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Predictions where git has left objects at the remote. */
class PartialCloneTest {
    @TempDir
    Path folder;

    private GitFolder origin;

    @BeforeEach
    void makeOrigin() {
        origin = GitFolder.library(folder.resolve("origin").toAbsolutePath());
        origin.git("config", "uploadpack.allowFilter", "true");
        origin.git("config", "uploadpack.allowAnySHA1InWant", "true");
    }

    private GitFolder clone(String... options) {
        Path directory = folder.resolve("clone").toAbsolutePath();
        List<String> command = new ArrayList<>(List.of("clone", "-q"));
        command.addAll(List.of(options));
        command.addAll(List.of("file://" + origin.directory(), directory.toString()));
        origin.git(command.toArray(String[]::new));
        return new GitFolder(directory);
    }

    @Test
    void predictsWithoutContentsThatAreNotThereAndSaysSo() {
        GitFolder clone = clone("--filter=blob:none");

        ProjectKnowledge known = ProjectKnowledge.read(clone.directory(), "main");

        assertThat(known.gap())
                .hasValueSatisfying(
                        gap -> assertThat(gap).contains("partial").contains("git fetch --refetch --no-filter"));
        Task task = Task.builder("t").title("Parse escaped quotes in names").build();
        Footprint footprint = TaskSeparator.builder(known.tree())
                .history(known)
                .build()
                .separate(List.of(task))
                .footprint("t");
        assertThat(footprint.touches()).anySatisfy(touch -> {
            assertThat(touch.path()).isEqualTo("src/main/Parser.java");
            assertThat(touch.probability()).isGreaterThan(0.5);
        });

        clone.git("fetch", "-q", "--refetch", "--no-filter");

        assertThat(ProjectKnowledge.read(clone.directory(), "main").gap()).isEmpty();
    }

    @Test
    void namesTheRemedyWhereFoldersAreNotThereEither() {
        GitFolder clone = clone("--filter=tree:0", "--bare");

        assertThatThrownBy(() -> ProjectKnowledge.read(clone.directory(), "main"))
                .isInstanceOf(SeparationException.class)
                .hasMessageContaining(clone.directory().toString())
                .hasMessageContaining("git fetch --refetch --no-filter");
    }
}
