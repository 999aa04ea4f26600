package io.github.espalier.examples.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.espalier.separator.SeparationException;
import io.github.espalier.separator.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One task of a JSON file.
 *
 * @param file the file
 * @param index which task, from 0
 * @param json the task
 */
record TaskNode(Path file, int index, JsonNode json) {
    private static final Set<String> FIELDS = Set.of("id", "title", "spec", "files", "dependsOn", "priority", "effort");
    private static final int LONGEST_FILE_NAME = 1000;

    Task task() {
        if (!json.isObject()) {
            throw new MisuseException(file + ": task " + index + " must be an object with an \"id\"");
        }
        for (Iterator<String> names = json.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!FIELDS.contains(name)) {
                throw wrong(name, "is unknown; known are id, title, spec, files, dependsOn, priority, effort");
            }
        }
        String id = text("id").orElseThrow(() -> wrong("id", "is missing; give each task one of its own"));
        try {
            Task.Builder task = Task.builder(id)
                    .title(text("title").orElse(""))
                    .declare(texts("files"))
                    .dependsOn(texts("dependsOn"));
            text("spec").ifPresent(spec -> spec(task, spec));
            field("priority").ifPresent(value -> task.priority(whole(value)));
            field("effort").ifPresent(value -> task.effort(effort(value)));
            return task.build();
        } catch (SeparationException e) {
            throw new MisuseException(file + ": task " + index + ": " + e.getMessage());
        }
    }

    private Optional<JsonNode> field(String name) {
        return Optional.ofNullable(json.get(name)).filter(value -> !value.isNull());
    }

    private Optional<String> text(String name) {
        return field(name).map(value -> text(name, value));
    }

    private String text(String name, JsonNode value) {
        if (!value.isTextual()) {
            throw wrong(name, "must be text in quotes");
        }
        return value.textValue();
    }

    private String[] texts(String name) {
        List<String> texts = new ArrayList<>();
        field(name).ifPresent(array -> {
            if (!array.isArray()) {
                throw wrong(name, "must be an array of texts");
            }
            array.forEach(value -> texts.add(text(name, value)));
        });
        return texts.toArray(String[]::new);
    }

    private int whole(JsonNode value) {
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw wrong("priority", "must be a whole number; lower goes first");
        }
        return value.intValue();
    }

    /** A bare number is seconds, as JSON libraries write durations. */
    private Duration effort(JsonNode value) {
        if (!value.isTextual() && !value.isIntegralNumber()) {
            throw wrong("effort", "must be text such as \"45m\", or a whole number of seconds");
        }
        try {
            return Quantities.duration(value.isTextual() ? value.textValue() : value.asText() + "s");
        } catch (MisuseException e) {
            throw new MisuseException(place("effort") + ": " + e.getMessage());
        }
    }

    /** The text itself; or, if it names a file, as seen from the JSON file's folder, what is in that file. */
    private void spec(Task.Builder task, String spec) {
        Optional<Path> named = named(spec);
        if (named.isEmpty()) {
            task.spec(spec);
            return;
        }
        try {
            task.spec(Files.readString(named.get())).specFile(named.get());
        } catch (IOException e) {
            throw wrong("spec", "names " + named.get() + ", which cannot be read as UTF-8 (" + e + ")");
        }
    }

    private Optional<Path> named(String spec) {
        if (spec.isBlank() || spec.length() > LONGEST_FILE_NAME || spec.contains("\n")) {
            return Optional.empty();
        }
        try {
            return Optional.of(file.toAbsolutePath().resolveSibling(spec)).filter(Files::isRegularFile);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private MisuseException wrong(String field, String problem) {
        return new MisuseException(place(field) + " " + problem);
    }

    private String place(String field) {
        return file + ": task " + index + ": field \"" + field + "\"";
    }
}
