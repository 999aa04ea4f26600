package io.github.espalier.coordinator.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.espalier.coordinator.JournalDamagedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a journal back. A torn last line is what a crash leaves and is passed over; damage before it is an error. */
final class JournalReader {
    private static final JsonFactory JSON = new JsonFactory();

    private JournalReader() {}

    /**
     * One line of a journal.
     *
     * @param step the step
     * @param phase {@code intent} or {@code result}
     * @param fields all fields as text; those of a nested object as {@code outer.inner}
     */
    record Entry(String step, String phase, Map<String, String> fields) {
        Entry {
            fields = Map.copyOf(fields);
        }
    }

    static List<Entry> read(Path file) throws IOException {
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        List<Entry> entries = new ArrayList<>();
        int start = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
            entries.add(entry(file, entries.size() + 1, text.substring(start, end)));
            start = end + 1;
        }
        return entries;
    }

    private static Entry entry(Path file, int number, String line) {
        int checksum = line.lastIndexOf(Journal.CHECKSUM);
        if (checksum < 0 || !line.equals(sealed(line.substring(0, checksum)))) {
            throw new JournalDamagedException(file, number, "its checksum does not fit");
        }
        Map<String, String> fields = fields(file, number, line);
        if (!String.valueOf(number).equals(fields.get("seq"))) {
            throw new JournalDamagedException(file, number, "it has sequence number " + fields.get("seq"));
        }
        return new Entry(fields.getOrDefault("step", ""), fields.getOrDefault("phase", ""), fields);
    }

    private static String sealed(String body) {
        return body + Journal.CHECKSUM + Journal.checksum(body) + "\"}";
    }

    private static Map<String, String> fields(Path file, int number, String line) {
        Map<String, String> fields = new LinkedHashMap<>();
        try (JsonParser json = JSON.createParser(line)) {
            String outer = "";
            String name = "";
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.FIELD_NAME) {
                    name = json.currentName();
                } else if (token == JsonToken.START_OBJECT && !name.isEmpty()) {
                    outer = name + ".";
                } else if (token == JsonToken.END_OBJECT) {
                    outer = "";
                } else if (token.isScalarValue()) {
                    fields.put(outer + name, json.getValueAsString(""));
                }
            }
            return fields;
        } catch (IOException e) {
            throw new JournalDamagedException(file, number, e.toString());
        }
    }
}
