package io.github.espalier.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonTextTest {
    private static final ObjectNode NODE = JsonNodeFactory.instance.objectNode().put("a", "Ä\ud800");

    @TempDir
    Path folder;

    @Test
    void writesUtf8WhateverTheTextHolds() throws IOException {
        Path file = folder.resolve("report.json");

        JsonText.write(NODE, file);

        assertThat(file).hasContent("{\n  \"a\" : \"Ä?\"\n}\n");
        assertThat(folder).isDirectoryContaining(path -> path.equals(file));
    }

    @Test
    void replacesAFileAsAWhole() throws IOException {
        Path file = Files.writeString(folder.resolve("report.json"), "old");
        Path old = Files.createLink(folder.resolve("old.json"), file);

        JsonText.write(NODE, file);

        assertThat(file).content().startsWith("{");
        assertThat(old).hasContent("old");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .startsWith("rw-");
    }

    @Test
    void writesThroughALinkAndLeavesIt() throws IOException {
        Path file = Files.writeString(folder.resolve("there.json"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("report.json"), file);

        assertThat(JsonText.isWritable(link)).isTrue();
        JsonText.write(NODE, link);

        assertThat(link).isSymbolicLink();
        assertThat(file).content().startsWith("{");
    }

    /** {@code --report /dev/stdout} must not put a file in the place of the device. */
    @Test
    void writesIntoADevice() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("null"), Path.of("/dev/null"));

        assertThat(JsonText.isWritable(link)).isTrue();
        JsonText.write(NODE, link);

        assertThat(link).isSymbolicLink();
        assertThat(folder).isDirectoryNotContaining(path -> path.toString().endsWith(".espalier-tmp"));
    }

    @Test
    void knowsWhereNothingCanBeWritten() {
        assertThat(JsonText.isWritable(folder.resolve("report.json"))).isTrue();
        assertThat(JsonText.isWritable(folder)).isFalse();
        assertThat(JsonText.isWritable(folder.resolve("no/report.json"))).isFalse();
        assertThat(JsonText.isWritable(Path.of("/"))).isFalse();
    }
}
