package io.github.espalier.examples.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes JSON. */
final class JsonText {
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private JsonText() {}

    static String of(JsonNode node) {
        try {
            return MAPPER.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Whoever reads the file sees the old one or the whole new one. A pipe, a device or a link is written into, and stays what
     * it is.
     */
    static void write(JsonNode node, Path file) throws IOException {
        // What is no Unicode in a task's title is no reason to lose the report.
        byte[] text = (of(node) + "\n").getBytes(StandardCharsets.UTF_8);
        Path whole = file.toAbsolutePath();
        if (!isPlace(whole)) {
            Files.write(whole, text);
            return;
        }
        Path begun = whole.resolveSibling("." + whole.getFileName() + ".espalier-tmp");
        Files.write(begun, text);
        try {
            Files.move(begun, whole, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(begun, whole, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Whether a file can be written. */
    static boolean isWritable(Path file) {
        Path whole = file.toAbsolutePath();
        Path folder = whole.getParent();
        if (isPlace(whole)) {
            return folder != null && Files.isDirectory(folder) && Files.isWritable(folder);
        }
        return !Files.isDirectory(whole) && Files.isWritable(whole);
    }

    /** Whether nothing is there, or a file that another may take the place of. */
    private static boolean isPlace(Path file) {
        return !Files.exists(file, LinkOption.NOFOLLOW_LINKS) || Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }
}
