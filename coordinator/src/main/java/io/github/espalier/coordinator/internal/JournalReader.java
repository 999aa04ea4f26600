package io.github.espalier.coordinator.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.espalier.coordinator.JournalDamagedException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a journal back. A last line without its end is what a crash leaves: it is passed over, unless all of it but the line
 * break is there. Whatever else does not fit its checksum is damage, and an error.
 */
final class JournalReader {
    private static final JsonFactory JSON = new JsonFactory();
    /** Eight digits, a quote and a brace. */
    private static final int CHECKSUM_LENGTH = 10;

    private static final int MOST_OF_AN_END = 1 << 14;

    private JournalReader() {}

    /**
     * One line of a journal.
     *
     * @param step the step
     * @param phase {@code intent} or {@code result}
     * @param fields all fields as text; those of an object as {@code outer.inner}, those of an array as {@code outer.0}
     */
    record Entry(String step, String phase, Map<String, String> fields) {
        Entry {
            fields = Map.copyOf(fields);
        }

        boolean isIntent() {
            return phase.equals("intent");
        }

        /** A field; empty text where it is absent. */
        String get(String field) {
            return fields.getOrDefault(field, "");
        }
    }

    /**
     * What a journal holds.
     *
     * @param entries its whole lines
     * @param length how many of its bytes they take: what follows is torn
     * @param lacksLineBreak whether only the line break of the last one is missing
     */
    record Content(List<Entry> entries, long length, boolean lacksLineBreak) {
        Content {
            entries = List.copyOf(entries);
        }
    }

    /**
     * The first line of a journal and its last one.
     *
     * @param first the first
     * @param last the last, which may be the same
     */
    record Ends(Entry first, Entry last) {}

    /**
     * Reads only the ends, however long it is between them.
     *
     * @return empty: one of them is damaged, torn, or longer than any line that begins a run or ends it; all has to be read
     */
    static Optional<Ends> ends(Path file) throws IOException {
        try (RandomAccessFile journal = new RandomAccessFile(file.toFile(), "r")) {
            byte[] head = bytes(journal, 0);
            byte[] tail = bytes(journal, Math.max(0, journal.length() - MOST_OF_AN_END));
            int firstEnd = lineBreak(head, 0, 1);
            int lastEnd = tail.length - 1;
            if (firstEnd < 0 || tail[lastEnd] != '\n') {
                return Optional.empty();
            }
            int before = lineBreak(tail, lastEnd - 1, -1);
            if (before < 0 && tail.length < journal.length()) {
                return Optional.empty();
            }
            String first = text(head, 0, firstEnd);
            String last = text(tail, before + 1, lastEnd);
            return isSound(first) && isSound(last)
                    ? Optional.of(new Ends(unnumbered(file, 1, first), unnumbered(file, 1, last)))
                    : Optional.empty();
        }
    }

    private static byte[] bytes(RandomAccessFile journal, long from) throws IOException {
        byte[] bytes = new byte[(int) Math.min(MOST_OF_AN_END, journal.length() - from)];
        journal.seek(from);
        journal.readFully(bytes);
        return bytes;
    }

    private static int lineBreak(byte[] bytes, int from, int step) {
        for (int i = from; i >= 0 && i < bytes.length; i += step) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    static Content read(Path file) throws IOException {
        return parse(file, Files.readAllBytes(file));
    }

    /**
     * Reads what a journal held.
     *
     * @param file its name, for errors
     */
    static Content parse(Path file, byte[] bytes) {
        List<Entry> entries = new ArrayList<>();
        int start = 0;
        for (int end = 0; end < bytes.length; end++) {
            if (bytes[end] == '\n') {
                entries.add(entry(file, entries.size() + 1, text(bytes, start, end)));
                start = end + 1;
            }
        }
        if (isTorn(new String(bytes, start, bytes.length - start, StandardCharsets.ISO_8859_1))) {
            return new Content(entries, start, false);
        }
        entries.add(entry(file, entries.size() + 1, text(bytes, start, bytes.length)));
        return new Content(entries, bytes.length, true);
    }

    private static String text(byte[] bytes, int start, int end) {
        return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }

    /** Whether it, a byte a character, ends before its checksum does. Some file systems fill up with zeros what was not written any more. */
    private static boolean isTorn(String tail) {
        String written = tail.replaceFirst("\0+$", "");
        int checksum = written.indexOf(Journal.CHECKSUM);
        return checksum < 0 || written.length() < checksum + Journal.CHECKSUM.length() + CHECKSUM_LENGTH;
    }

    private static Entry entry(Path file, int number, String line) {
        if (!isSound(line)) {
            throw new JournalDamagedException(file, number, "its checksum does not fit");
        }
        Entry entry = unnumbered(file, number, line);
        if (!String.valueOf(number).equals(entry.fields().get("seq"))) {
            throw new JournalDamagedException(
                    file, number, "it has sequence number " + entry.fields().get("seq"));
        }
        return entry;
    }

    private static boolean isSound(String line) {
        int checksum = line.lastIndexOf(Journal.CHECKSUM);
        return checksum >= 0 && line.equals(sealed(line.substring(0, checksum)));
    }

    private static Entry unnumbered(Path file, int number, String line) {
        Map<String, String> fields = fields(file, number, line);
        return new Entry(fields.getOrDefault("step", ""), fields.getOrDefault("phase", ""), fields);
    }

    private static String sealed(String body) {
        return body + Journal.CHECKSUM + Journal.checksum(body) + "\"}";
    }

    private static Map<String, String> fields(Path file, int number, String line) {
        Map<String, String> fields = new LinkedHashMap<>();
        try (JsonParser json = JSON.createParser(line)) {
            json.nextToken();
            flatten(json, "", fields);
            return fields;
        } catch (IOException e) {
            throw new JournalDamagedException(file, number, e.toString());
        }
    }

    private static void flatten(JsonParser json, String name, Map<String, String> fields) throws IOException {
        String prefix = name.isEmpty() ? "" : name + ".";
        JsonToken token = json.currentToken();
        if (token == JsonToken.START_OBJECT) {
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                json.nextToken();
                flatten(json, prefix + field, fields);
            }
        } else if (token == JsonToken.START_ARRAY) {
            for (int index = 0; json.nextToken() != JsonToken.END_ARRAY; index++) {
                flatten(json, prefix + index, fields);
            }
        } else {
            fields.put(name, json.getValueAsString(""));
        }
    }
}
