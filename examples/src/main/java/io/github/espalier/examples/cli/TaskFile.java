package io.github.espalier.examples.cli;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.espalier.separator.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads tasks from a JSON array of {@code {id, title, spec, files[], dependsOn[], priority, effort}}. */
final class TaskFile {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private TaskFile() {}

    /**
     * Reads a file.
     *
     * @throws MisuseException naming the file, the task's index and the field
     */
    static List<Task> read(Path file) {
        JsonNode root = parse(file);
        if (!root.isArray()) {
            throw new MisuseException(file + ": must hold a JSON array of tasks, [{\"id\": \"…\"}, …]");
        }
        List<Task> tasks = new ArrayList<>();
        for (int i = 0; i < root.size(); i++) {
            tasks.add(new TaskNode(file, i, root.get(i)).task());
        }
        return tasks;
    }

    private static JsonNode parse(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new MisuseException("--tasks " + file + ": there is no such file; name a JSON file");
        }
        try {
            return MAPPER.readTree(Files.readAllBytes(file));
        } catch (JacksonException e) {
            String place = e.getLocation() == null ? "" : ":" + e.getLocation().getLineNr();
            throw new MisuseException(file + place + ": no valid JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new MisuseException(file + ": cannot be read (" + e + "); check its permissions");
        }
    }
}
