package io.github.espalier.separator.internal.history;

import io.github.espalier.separator.DeclaredPath.Kind;
import io.github.espalier.separator.PastChange;
import io.github.espalier.separator.PathChange;
import io.github.espalier.separator.internal.CacheFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Past changes on disk, as one commit reaches them. The file is written aside and moved into place, so that processes which
 * read or write it at once see a whole one; whatever does not match its checksum is as good as none.
 */
final class HistoryCache {
    /** Larger caches are not written: a message has at most 1,000 characters, so that only sweeps can come to this. */
    static final int LARGEST = 64 << 20;

    private static final Logger log = LoggerFactory.getLogger(HistoryCache.class);
    private static final int MAGIC = 0x45535031;
    private static final int CHECKSUM = 8;

    private final Path file;

    HistoryCache(Path file) {
        this.file = file;
    }

    /**
     * What was read up to a commit.
     *
     * @param tip the commit
     * @param most how many changes were asked for
     * @param changes the oldest first
     */
    record Stored(String tip, int most, List<PastChange> changes) {}

    Optional<Stored> load() {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > LARGEST) {
                return Optional.empty();
            }
            byte[] bytes = Files.readAllBytes(file);
            if (bytes.length < CHECKSUM + Integer.BYTES
                    || checksum(bytes, bytes.length - CHECKSUM)
                            != ByteBuffer.wrap(bytes).getLong(bytes.length - CHECKSUM)) {
                log.atDebug().addKeyValue("file", file).log("History cache is torn; reading the history anew");
                return Optional.empty();
            }
            return read(new DataInputStream(new ByteArrayInputStream(bytes, 0, bytes.length - CHECKSUM)));
        } catch (IOException | RuntimeException e) {
            log.atDebug()
                    .addKeyValue("file", file)
                    .setCause(e)
                    .log("History cache cannot be read; reading the history anew");
            return Optional.empty();
        }
    }

    private static long checksum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return crc.getValue();
    }

    private static Optional<Stored> read(DataInputStream in) throws IOException {
        if (in.readInt() != MAGIC) {
            return Optional.empty();
        }
        String tip = text(in);
        int most = in.readInt();
        String[] paths = new String[in.readInt()];
        for (int i = 0; i < paths.length; i++) {
            paths[i] = text(in);
        }
        int count = in.readInt();
        List<PastChange> changes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String id = text(in);
            Instant time = Instant.ofEpochSecond(in.readLong());
            String message = text(in);
            PathChange[] touched = new PathChange[in.readInt()];
            for (int k = 0; k < touched.length; k++) {
                Kind kind = kind(in.readByte());
                String path = paths[in.readInt()];
                touched[k] = new PathChange(
                        kind, path, kind == Kind.RENAME ? Optional.of(paths[in.readInt()]) : Optional.empty());
            }
            changes.add(new PastChange(id, time, message, List.of(touched)));
        }
        return Optional.of(new Stored(tip, most, changes));
    }

    private static Kind kind(int letter) throws IOException {
        for (Kind kind : Kind.values()) {
            if (kind.name().charAt(0) == letter) {
                return kind;
            }
        }
        throw new IOException("unknown kind of change: " + letter);
    }

    private static String text(DataInputStream in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Best effort: without a cache the history is read again the next time. */
    void store(Stored stored) {
        try {
            byte[] content = bytes(stored);
            if (content.length > LARGEST) {
                return;
            }
            CacheFile.replace(file, content);
        } catch (IOException | RuntimeException e) {
            log.atDebug().addKeyValue("file", file).setCause(e).log("History cache cannot be written");
        }
    }

    private static byte[] bytes(Stored stored) throws IOException {
        Map<String, Integer> paths = new HashMap<>();
        List<String> order = new ArrayList<>();
        for (PastChange change : stored.changes()) {
            for (PathChange path : change.paths()) {
                for (String name : List.of(path.path(), path.after())) {
                    if (paths.putIfAbsent(name, order.size()) == null) {
                        order.add(name);
                    }
                }
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 20);
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(MAGIC);
        text(out, stored.tip());
        out.writeInt(stored.most());
        out.writeInt(order.size());
        for (String path : order) {
            text(out, path);
        }
        out.writeInt(stored.changes().size());
        for (PastChange change : stored.changes()) {
            text(out, change.id());
            out.writeLong(change.time().getEpochSecond());
            text(out, change.message());
            out.writeInt(change.paths().size());
            for (PathChange path : change.paths()) {
                out.writeByte(path.kind().name().charAt(0));
                out.writeInt(paths.getOrDefault(path.path(), 0));
                if (path.kind() == Kind.RENAME) {
                    out.writeInt(paths.getOrDefault(path.after(), 0));
                }
            }
        }
        CRC32C crc = new CRC32C();
        crc.update(bytes.toByteArray());
        out.writeLong(crc.getValue());
        return bytes.toByteArray();
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }
}
