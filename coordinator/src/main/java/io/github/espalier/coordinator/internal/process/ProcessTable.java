package io.github.espalier.coordinator.internal.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The processes of this machine as {@code /proc} tells them; elsewhere it is empty. */
final class ProcessTable {
    private static final Path PROC = Path.of("/proc");
    private static final int STATE = 0;
    private static final int PARENT = 1;
    private static final int USER_TICKS = 11;
    private static final int START_TICKS = 19;

    private ProcessTable() {}

    /**
     * A process.
     *
     * @param pid its id
     * @param parent its parent's id
     * @param zombie whether it has ended and only its parent does not know yet
     * @param cpuTicks processor time of it and of the children it has waited for
     * @param startTicks when it started, since the machine's start
     */
    record Entry(long pid, long parent, boolean zombie, long cpuTicks, long startTicks) {}

    static boolean isAvailable() {
        return Files.isReadable(PROC.resolve("self").resolve("stat"));
    }

    static Map<Long, Entry> all() {
        Map<Long, Entry> entries = new HashMap<>();
        try (DirectoryStream<Path> directories = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path directory : directories) {
                entry(Long.parseLong(directory.getFileName().toString())).ifPresent(it -> entries.put(it.pid(), it));
            }
        } catch (IOException e) {
            return Map.of(); // not Linux
        }
        return entries;
    }

    /** Empty: there is no such process, or no {@code /proc}. */
    static Optional<Entry> entry(long pid) {
        return read(pid, "stat").flatMap(stat -> parse(pid, stat));
    }

    /** The second field, the program's name in parentheses, may itself hold anything. */
    private static Optional<Entry> parse(long pid, String stat) {
        int end = stat.lastIndexOf(')');
        if (end < 0) {
            return Optional.empty();
        }
        List<String> fields = List.of(stat.substring(end + 2).strip().split(" ", -1));
        if (fields.size() <= START_TICKS) {
            return Optional.empty();
        }
        long ticks = 0;
        for (int i = USER_TICKS; i < USER_TICKS + 4; i++) {
            ticks += Long.parseLong(fields.get(i));
        }
        return Optional.of(new Entry(
                pid,
                Long.parseLong(fields.get(PARENT)),
                fields.get(STATE).equals("Z") || fields.get(STATE).equals("X"),
                ticks,
                Long.parseLong(fields.get(START_TICKS))));
    }

    /** A variable of the environment that a process was started with; empty where that cannot be read. */
    static Optional<String> variable(long pid, String name) {
        return environment(pid).stream()
                .filter(setting -> setting.startsWith(name + "="))
                .map(setting -> setting.substring(name.length() + 1))
                .findFirst();
    }

    static boolean hasVariable(long pid, String name) {
        return variable(pid, name).isPresent();
    }

    /** Whether there is a variable whose name begins with a prefix. */
    static boolean hasVariableLike(long pid, String prefix) {
        return environment(pid).stream().anyMatch(setting -> setting.startsWith(prefix));
    }

    private static List<String> environment(long pid) {
        return read(pid, "environ").map(text -> List.of(text.split("\0", -1))).orElse(List.of());
    }

    /** The oldest process that carries a variable. */
    static Optional<Entry> oldestWith(String name) {
        return all().values().stream()
                .filter(entry -> !entry.zombie() && hasVariable(entry.pid(), name))
                .min(Comparator.comparingLong(Entry::startTicks).thenComparingLong(Entry::pid));
    }

    /** Whether a process is in a PID namespace within ours. */
    static boolean inNestedNamespace(long pid) {
        return namespaces(pid) > namespaces(ProcessHandle.current().pid());
    }

    /** In how many namespaces that {@code /proc} knows of it has an id. */
    private static int namespaces(long pid) {
        return read(pid, "status").stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith("NSpid:"))
                .mapToInt(line -> line.split("\t", -1).length)
                .findFirst()
                .orElse(0);
    }

    /** Resident memory in bytes; 0 where it is not known. */
    static long residentBytes(long pid) {
        return read(pid, "status").stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith("VmRSS:"))
                .map(line -> line.replaceAll("[^0-9]", ""))
                .mapToLong(kibibytes -> Long.parseLong(kibibytes) * 1024)
                .findFirst()
                .orElse(0);
    }

    /** Tells this start of the machine from every other; empty where there is none to tell. */
    static Optional<String> bootId() {
        try {
            return Optional.of(
                    Files.readString(PROC.resolve("sys/kernel/random/boot_id")).strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> read(long pid, String file) {
        try {
            byte[] bytes = Files.readAllBytes(PROC.resolve(String.valueOf(pid)).resolve(file));
            return Optional.of(new String(bytes, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return Optional.empty(); // it ended meanwhile, or is not ours to read
        }
    }
}
