package io.github.espalier.resources.internal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * The limits of the container this process runs in: control groups of Linux, version 2, version 1 or both side by side, each
 * group with those around it, because the limit that bites may be set on any of them. Elsewhere it knows nothing.
 *
 * @see <a href="https://docs.kernel.org/admin-guide/cgroup-v2.html">Control Group v2</a>
 * @see <a href="https://docs.kernel.org/admin-guide/cgroup-v1/index.html">Control Groups version 1</a>
 */
final class ControlGroup {
    /** Version 1 says "no limit" by the greatest number of pages. */
    private static final long NO_LIMIT = 1L << 60;

    private final List<Path> unified = new ArrayList<>();
    private final Map<String, List<Path>> byController = new HashMap<>();
    private final Map<String, Path> mounts = new HashMap<>();

    /**
     * @param root the file system's root, {@code /} but for tests
     */
    ControlGroup(Path root) {
        Path mount = root.resolve("sys/fs/cgroup");
        Path ofUnified = Files.exists(mount.resolve("cgroup.controllers")) ? mount : mount.resolve("unified");
        for (String line : KernelFiles.lines(root.resolve("proc/self/cgroup"))) {
            String[] fields = line.split(":", 3); // hierarchy:controllers:path
            if (fields.length == 3 && fields[1].isEmpty()) {
                unified.addAll(around(ofUnified, fields[2]));
            } else if (fields.length == 3) {
                for (String controller : List.of(fields[1].split(",", -1))) {
                    Path own = mount.resolve(controller);
                    Path mounted = Files.isDirectory(own) ? own : mount.resolve(fields[1]);
                    mounts.put(controller, mounted);
                    byController.put(controller, around(mounted, fields[2]));
                }
            }
        }
    }

    /** The group and those around it. A path of another mount's view is not there: then the mount itself is ours. */
    private static List<Path> around(Path mount, String path) {
        List<Path> groups = new ArrayList<>();
        Path group = mount.resolve(path.replaceFirst("^/+", "")).normalize();
        if (!group.startsWith(mount)) {
            group = mount; // "/.." leads out of this process's view of the groups
        }
        while (group != null && group.startsWith(mount)) {
            if (Files.isDirectory(group)) {
                groups.add(group);
            }
            group = group.getParent();
        }
        return groups;
    }

    /**
     * Memory of one group that has a limit.
     *
     * @param limit in bytes
     * @param used in bytes, without the file cache that the kernel drops first
     */
    record Memory(long limit, long used) {
        double percent() {
            return 100.0 * used / limit;
        }

        long available() {
            return Math.max(0, limit - used);
        }
    }

    /** The groups that have a limit, from the inside out. */
    List<Memory> memory() {
        return Stream.concat(
                        unified.stream().map(group -> memory(group, "memory.max", "memory.current", "inactive_file")),
                        byController.getOrDefault("memory", List.of()).stream()
                                .map(group -> memory(
                                        group,
                                        "memory.limit_in_bytes",
                                        "memory.usage_in_bytes",
                                        "total_inactive_file")))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Memory> memory(Path group, String max, String current, String cache) {
        OptionalLong limit = KernelFiles.number(group.resolve(max));
        OptionalLong used = KernelFiles.number(group.resolve(current));
        if (limit.isEmpty() || limit.getAsLong() <= 0 || limit.getAsLong() >= NO_LIMIT || used.isEmpty()) {
            return Optional.empty();
        }
        long droppable =
                KernelFiles.statistic(group.resolve("memory.stat"), cache).orElse(0);
        return Optional.of(new Memory(limit.getAsLong(), Math.max(0, used.getAsLong() - droppable)));
    }

    /**
     * Processor time of one group that may not use every core.
     *
     * @param group which
     * @param cores how many it may use at once; a quota makes it a fraction
     * @param usedMicros what it has used since it was made; empty: the kernel does not say
     */
    record Processors(Path group, double cores, OptionalLong usedMicros) {}

    /** The groups whose processor time is limited by a quota or by a set of cores, from the inside out. */
    List<Processors> processors() {
        List<Processors> found = new ArrayList<>();
        for (Path group : unified) {
            DoubleStream.concat(quota(group).stream(), cores(group, "cpuset.cpus.effective").stream())
                    .min()
                    .ifPresent(cores -> found.add(new Processors(
                            group, cores, KernelFiles.statistic(group.resolve("cpu.stat"), "usage_usec"))));
        }
        for (Path group : byController.getOrDefault("cpu", List.of())) {
            quotaOfVersion1(group).ifPresent(cores -> found.add(new Processors(group, cores, accounted("cpu", group))));
        }
        for (Path group : byController.getOrDefault("cpuset", List.of())) {
            cores(group, "cpuset.effective_cpus")
                    .ifPresent(cores -> found.add(new Processors(group, cores, accounted("cpuset", group))));
        }
        return found;
    }

    /** In {@code cpu.max}: quota and period in microseconds, the quota {@code max} for none. */
    private static OptionalDouble quota(Path group) {
        List<String> fields = KernelFiles.lines(group.resolve("cpu.max")).stream()
                .flatMap(line -> Stream.of(line.strip().split(" ", -1)))
                .toList();
        return fields.size() < 2
                ? OptionalDouble.empty()
                : ratio(KernelFiles.parse(fields.get(0)), KernelFiles.parse(fields.get(1)));
    }

    private static OptionalDouble quotaOfVersion1(Path group) {
        return ratio(
                KernelFiles.number(group.resolve("cpu.cfs_quota_us")),
                KernelFiles.number(group.resolve("cpu.cfs_period_us")));
    }

    private static OptionalDouble ratio(OptionalLong quota, OptionalLong period) {
        return quota.orElse(-1) > 0 && period.orElse(-1) > 0
                ? OptionalDouble.of((double) quota.getAsLong() / period.getAsLong())
                : OptionalDouble.empty();
    }

    /** How many cores a list such as {@code 0-3,8} names. */
    private static OptionalDouble cores(Path group, String file) {
        long cores = 0;
        for (String line : KernelFiles.lines(group.resolve(file))) {
            for (String range : List.of(line.strip().split(",", -1))) {
                String[] ends = range.split("-", 2);
                OptionalLong first = KernelFiles.parse(ends[0]);
                OptionalLong last = KernelFiles.parse(ends[ends.length - 1]);
                if (first.isPresent() && last.isPresent()) {
                    cores += last.getAsLong() - first.getAsLong() + 1;
                }
            }
        }
        return cores > 0 ? OptionalDouble.of((double) cores) : OptionalDouble.empty();
    }

    /** Version 1 counts processor time in a controller of its own, under the same path. */
    private OptionalLong accounted(String controller, Path group) {
        Path mount = mounts.get(controller);
        Path accounting = mounts.get("cpuacct");
        if (mount == null || accounting == null) {
            return OptionalLong.empty();
        }
        String path = mount.relativize(group).toString();
        OptionalLong nanos = KernelFiles.number(accounting.resolve(path).resolve("cpuacct.usage"));
        return nanos.isPresent() ? OptionalLong.of(nanos.getAsLong() / 1000) : nanos;
    }

    /** The innermost group of version 2, the one that keeps its own pressure. */
    Optional<Path> own() {
        return unified.stream().findFirst();
    }
}
