package io.github.espalier.examples.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.espalier.separator.DeclaredPath.Kind;
import io.github.espalier.separator.internal.predict.Replay;
import io.github.espalier.separator.internal.predict.ReplayRecord;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads past tasks, pairs and replays. */
final class SeparationData {
    /** What a file of rows begins with: another library's rows hold other figures. */
    private static final long ROWS = 0x65737061_00000002L;

    private SeparationData() {}

    /** One JSON object a line: {@code id}, {@code base}, {@code subject}, {@code touched}. */
    static List<Replay.PastTask> tasks(Path file) throws IOException {
        ObjectMapper json = new ObjectMapper();
        List<Replay.PastTask> tasks = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            JsonNode node = json.readTree(line);
            Map<String, Kind> touched = new LinkedHashMap<>();
            for (JsonNode path : node.get("touched")) {
                touched.put(path.get(1).asText(), kind(path.get(0).asText()));
                if (path.size() > 2) {
                    touched.put(path.get(2).asText(), Kind.CREATE);
                }
            }
            tasks.add(new Replay.PastTask(
                    node.get("id").asInt(),
                    node.get("base").asText(),
                    node.get("subject").asText(),
                    touched));
        }
        return tasks;
    }

    private static Kind kind(String status) {
        return switch (status.charAt(0)) {
            case 'A' -> Kind.CREATE;
            case 'D' -> Kind.DELETE;
            case 'R' -> Kind.RENAME;
            default -> Kind.WRITE;
        };
    }

    /** What {@link #kind} reads. */
    static String status(Kind kind) {
        return switch (kind) {
            case CREATE -> "A";
            case DELETE -> "D";
            case RENAME -> "R";
            default -> "M";
        };
    }

    /** {@code older,younger,verdict,…} with a line of names first; pairs whose verdict is {@code excluded} are left out. */
    static List<Replay.PastPair> pairs(Path file) throws IOException {
        List<Replay.PastPair> pairs = new ArrayList<>();
        List<String> lines = Files.readAllLines(file);
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            if (!cells[2].equals("excluded")) {
                pairs.add(new Replay.PastPair(
                        Integer.parseInt(cells[0]), Integer.parseInt(cells[1]), !cells[2].equals("clean")));
            }
        }
        return pairs;
    }

    static void write(Path repository, List<Replay.PastTask> tasks, List<Replay.PastPair> pairs, Path rows)
            throws IOException {
        Path aside = Path.of(rows + ".new");
        try (DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(aside), 1 << 16))) {
            out.writeLong(ROWS);
            Replay.run(repository, tasks, pairs, replayed -> {
                try {
                    replayed.write(out);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
        Files.move(aside, rows, StandardCopyOption.REPLACE_EXISTING);
    }

    static List<ReplayRecord> read(Path rows) throws IOException {
        List<ReplayRecord> records = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(rows), 1 << 16))) {
            if (!isOurs(in)) {
                throw new IOException(
                        rows + " holds no rows that this version can read; delete it, and they are written anew");
            }
            while (true) {
                try {
                    records.add(ReplayRecord.read(in));
                } catch (EOFException end) {
                    return records;
                }
            }
        }
    }

    private static boolean isOurs(DataInputStream in) throws IOException {
        try {
            return in.readLong() == ROWS;
        } catch (EOFException e) {
            return false;
        }
    }
}
