package io.github.espalier.examples.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchFolderTest {
    @TempDir
    Path folder;

    @Test
    void goesWithAllThatIsInIt() throws IOException {
        Path path;
        try (ScratchFolder scratch = ScratchFolder.create("espalier-test-")) {
            path = scratch.path();
            SampleProject.create(path.resolve("project"));
            assertThat(path).isDirectory();
        }

        assertThat(path).doesNotExist();
    }

    @Test
    void leavesWhatALinkInItLeadsTo() throws IOException {
        Files.writeString(folder.resolve("kept.txt"), "kept");
        try (ScratchFolder scratch = ScratchFolder.create("espalier-test-")) {
            Files.createSymbolicLink(scratch.path().resolve("link"), folder);
        }

        assertThat(folder.resolve("kept.txt")).hasContent("kept");
    }

    @Test
    void mayBeGoneAlready() throws IOException {
        ScratchFolder scratch = ScratchFolder.create("espalier-test-");
        Files.delete(scratch.path());

        scratch.close();
        scratch.close();

        assertThat(scratch.path()).doesNotExist();
    }
}
