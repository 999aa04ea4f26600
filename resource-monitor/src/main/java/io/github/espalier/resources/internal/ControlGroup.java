package io.github.espalier.resources.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * The limits of the container this process runs in: control groups of Linux, version 2 or 1, with those around it. Elsewhere
 * it knows nothing.
 *
 * @see <a href="https://docs.kernel.org/admin-guide/cgroup-v2.html">Control Group v2</a>
 */
final class ControlGroup {
    private static final long NO_LIMIT = 1L << 60;

    private final List<Path> memory = new ArrayList<>();
    private final List<Path> processors = new ArrayList<>();
    private final List<Path> accounting = new ArrayList<>();
    private final boolean unified;

    /**
     * @param root the file system's root, {@code /} but for tests
     */
    ControlGroup(Path root) {
        Path mount = root.resolve("sys/fs/cgroup");
        unified = Files.exists(mount.resolve("cgroup.controllers"));
        for (String line : lines(root.resolve("proc/self/cgroup"))) {
            String[] fields = line.split(":", 3);
            if (fields.length == 3) {
                for (String controller : List.of(fields[1].split(",", -1))) {
                    place(mount, controller, fields[2]);
                }
            }
        }
    }

    private void place(Path mount, String controller, String path) {
        if (unified && controller.isEmpty()) {
            around(mount, path, memory);
            processors.addAll(memory);
            accounting.addAll(memory);
        } else if (controller.equals("memory")) {
            around(mount.resolve("memory"), path, memory);
        } else if (controller.equals("cpu")) {
            around(mount.resolve("cpu"), path, processors);
        } else if (controller.equals("cpuacct")) {
            around(mount.resolve("cpuacct"), path, accounting);
        }
    }

    /** The group and those around it. A path of another mount's view is not there: then the mount itself is ours. */
    private static void around(Path mount, String path, List<Path> groups) {
        Path group = mount.resolve(path.replaceFirst("^/+", "")).normalize();
        while (group != null && group.startsWith(mount)) {
            if (Files.isDirectory(group)) {
                groups.add(group);
            }
            group = group.getParent();
        }
    }

    /**
     * Memory of one group.
     *
     * @param limit in bytes
     * @param used in bytes, without what the kernel can drop
     */
    record Memory(long limit, long used) {
        double percent() {
            return 100.0 * used / limit;
        }

        long available() {
            return Math.max(0, limit - used);
        }
    }

    /** The group that is fullest; empty: none has a limit. */
    Optional<Memory> memory() {
        Optional<Memory> tightest = Optional.empty();
        for (Path group : memory) {
            OptionalLong limit = number(group.resolve(unified ? "memory.max" : "memory.limit_in_bytes"));
            OptionalLong used = number(group.resolve(unified ? "memory.current" : "memory.usage_in_bytes"));
            if (limit.isPresent() && limit.getAsLong() > 0 && limit.getAsLong() < NO_LIMIT && used.isPresent()) {
                long cache = statistic(group.resolve("memory.stat"), unified ? "inactive_file" : "total_inactive_file");
                Memory found = new Memory(limit.getAsLong(), Math.max(0, used.getAsLong() - cache));
                if (tightest.isEmpty() || found.percent() > tightest.get().percent()) {
                    tightest = Optional.of(found);
                }
            }
        }
        return tightest;
    }

    /** How many cores the tightest quota allows. */
    OptionalDouble cores() {
        return processors.stream()
                .map(this::cores)
                .flatMapToDouble(OptionalDouble::stream)
                .min();
    }

    private OptionalDouble cores(Path group) {
        OptionalLong quota;
        OptionalLong period;
        if (unified) {
            List<String> fields = lines(group.resolve("cpu.max")).stream()
                    .flatMap(line -> List.of(line.split(" ", -1)).stream())
                    .toList();
            quota = fields.isEmpty() ? OptionalLong.empty() : parse(fields.get(0));
            period = fields.size() < 2 ? OptionalLong.empty() : parse(fields.get(1));
        } else {
            quota = number(group.resolve("cpu.cfs_quota_us"));
            period = number(group.resolve("cpu.cfs_period_us"));
        }
        return quota.isPresent() && quota.getAsLong() > 0 && period.isPresent() && period.getAsLong() > 0
                ? OptionalDouble.of((double) quota.getAsLong() / period.getAsLong())
                : OptionalDouble.empty();
    }

    /** Processor time this group has used, in microseconds. */
    OptionalLong processorMicros() {
        if (accounting.isEmpty()) {
            return OptionalLong.empty();
        }
        Path group = accounting.get(0);
        if (unified) {
            long micros = statistic(group.resolve("cpu.stat"), "usage_usec");
            return micros > 0 ? OptionalLong.of(micros) : OptionalLong.empty();
        }
        OptionalLong nanos = number(group.resolve("cpuacct.usage"));
        return nanos.isPresent() ? OptionalLong.of(nanos.getAsLong() / 1000) : nanos;
    }

    private static long statistic(Path file, String name) {
        return lines(file).stream()
                .filter(line -> line.startsWith(name + " "))
                .mapToLong(line -> parse(line.substring(name.length() + 1)).orElse(0))
                .findFirst()
                .orElse(0);
    }

    private static OptionalLong number(Path file) {
        List<String> lines = lines(file);
        return lines.isEmpty() ? OptionalLong.empty() : parse(lines.get(0));
    }

    /** Empty for {@code max} and the like, and for numbers beyond a long: no limit. */
    private static OptionalLong parse(String text) {
        try {
            return OptionalLong.of(Long.parseLong(text.strip()));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            return List.of(); // not ours to read: as if it were not there
        }
    }
}
