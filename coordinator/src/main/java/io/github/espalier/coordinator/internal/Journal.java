package io.github.espalier.coordinator.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.espalier.coordinator.CoordinatorException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a run did, one JSON object a line: a sequence number, the time, the step, its fields and a CRC32C over all of the
 * line before it. An intent is on the disk before its side effect begins; the result follows it.
 */
final class Journal implements AutoCloseable {
    static final String FILE = "journal.jsonl";
    static final String CHECKSUM = ",\"lineCrc32c\":\"";

    private static final Logger log = LoggerFactory.getLogger(Journal.class);
    private static final JsonFactory JSON = new JsonFactory();

    private final Path path;
    private final FileOutputStream file;
    private final Clock clock;
    private long sequence;
    private @Nullable IOException failure;
    private boolean closed;

    /** Not on a channel: that would close for good when one thread that writes is interrupted. */
    private Journal(Path path, Clock clock, long sequence) throws IOException {
        this.path = path;
        this.file = new FileOutputStream(path.toFile(), true);
        this.clock = clock;
        this.sequence = sequence;
    }

    /**
     * Begins the journal of a run in the run's folder, which must be new.
     *
     * @param root a folder that is there already; what is made below it is on the disk when this returns
     */
    static Journal create(Path root, Path directory, Clock clock) {
        Path file = directory.resolve(FILE);
        try {
            Files.createDirectories(directory);
            Files.createFile(file);
            for (Path parent = directory; parent != null && !parent.equals(root); parent = parent.getParent()) {
                syncDirectory(parent);
            }
            return new Journal(file, clock, 0);
        } catch (IOException e) {
            throw new CoordinatorException(
                    file + ": the journal cannot be begun (" + e + "); make the folder writable", e);
        }
    }

    /** Goes on with the journal of a run whose host died; a torn last line is cut. */
    static Journal reopen(Path directory, Clock clock) {
        Path file = directory.resolve(FILE);
        try {
            JournalReader.Content content = JournalReader.read(file);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(content.length());
            }
            if (content.lacksLineBreak()) {
                Files.writeString(file, "\n", StandardOpenOption.APPEND);
            }
            return new Journal(file, clock, content.entries().size());
        } catch (IOException e) {
            throw new CoordinatorException(
                    file + ": the journal cannot be gone on with (" + e + "); make it writable", e);
        }
    }

    /** A new file is only safe when its directory is on the disk too; not every file system lets that be asked for. */
    private static void syncDirectory(Path directory) throws IOException {
        if (Files.getFileStore(directory).supportsFileAttributeView("posix")) {
            try (FileChannel self = FileChannel.open(directory, StandardOpenOption.READ)) {
                self.force(true);
            }
        }
    }

    /** Notes what is about to be done, and returns when that is on the disk. */
    void intent(String step, Map<String, ?> fields) {
        append(step, "intent", fields, true);
    }

    /** Notes what was done or seen. */
    void result(String step, Map<String, ?> fields) {
        append(step, "result", fields, false);
    }

    private synchronized void append(String step, String phase, Map<String, ?> fields, boolean force) {
        try {
            if (failure != null) { // after half a line nothing may follow
                throw failure;
            }
            byte[] line = line(step, phase, fields).getBytes(StandardCharsets.UTF_8);
            sequence++;
            file.write(line);
            if (force) {
                file.getFD().sync();
            }
        } catch (IOException e) {
            failure = e;
            throw new CoordinatorException(path + ": the journal cannot be written (" + e + ")", e);
        }
    }

    private String line(String step, String phase, Map<String, ?> fields) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeNumberField("seq", sequence + 1);
            json.writeStringField("at", clock.instant().toString());
            json.writeStringField("step", step);
            json.writeStringField("phase", phase);
            for (Map.Entry<String, ?> field : fields.entrySet()) {
                write(json, field.getKey(), field.getValue());
            }
            json.writeEndObject();
        }
        String open = text.toString();
        String body = open.substring(0, open.length() - 1);
        return body + CHECKSUM + checksum(body) + "\"}\n";
    }

    private static void write(JsonGenerator json, String key, Object value) throws IOException {
        json.writeFieldName(key);
        write(json, value);
    }

    private static void write(JsonGenerator json, Object value) throws IOException {
        if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                write(json, String.valueOf(entry.getKey()), entry.getValue());
            }
            json.writeEndObject();
        } else if (value instanceof Collection<?> values) {
            json.writeStartArray();
            for (Object element : values) {
                write(json, element);
            }
            json.writeEndArray();
        } else if (value instanceof Integer number) {
            json.writeNumber(number);
        } else if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else {
            json.writeString(String.valueOf(value));
        }
    }

    static String checksum(String body) {
        CRC32C crc = new CRC32C();
        crc.update(body.getBytes(StandardCharsets.UTF_8));
        return String.format("%08x", crc.getValue());
    }

    /** Takes the journal of a run that did not begin off the disk; closed before. */
    void discard() {
        try {
            Files.deleteIfExists(path);
            Files.deleteIfExists(path.getParent());
        } catch (IOException e) {
            log.atWarn().addKeyValue("file", path).setCause(e).log("Left the journal of a run that did not begin");
        }
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (file) {
            file.getFD().sync();
        } catch (IOException e) {
            throw new CoordinatorException(path + ": the journal cannot be finished (" + e + ")", e);
        }
    }
}
