package io.github.espalier.coordinator.internal.process;

import io.github.espalier.coordinator.InstanceUsage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All processes that belong together: a root, what descends from it, and everything that carries the cookie. A process that
 * detaches keeps the cookie; one that empties its environment as well is out of reach but for a PID namespace.
 *
 * @param root the process that was started
 * @param startTicks when the root started, so that another process with its id is not taken for it; -1: not known
 * @param cookie a variable that was put into the root's environment
 */
record ProcessTree(long root, long startTicks, String cookie) {
    /** {@code USER_HZ}, which Linux fixes at 100 for what it shows in {@code /proc}. */
    private static final long TICKS_PER_SECOND = 100;

    /** Those that live, the root first. Zombies do not. */
    List<ProcessHandle> living() {
        if (!ProcessTable.isAvailable()) {
            return ProcessHandle.of(root)
                    .map(handle -> Stream.concat(Stream.of(handle), handle.descendants())
                            .filter(ProcessHandle::isAlive)
                            .toList())
                    .orElse(List.of());
        }
        return members(ProcessTable.all()).stream()
                .map(entry -> ProcessHandle.of(entry.pid()))
                .flatMap(Optional::stream)
                .toList();
    }

    Optional<InstanceUsage> usage() {
        if (!ProcessTable.isAvailable()) {
            return Optional.empty();
        }
        List<ProcessTable.Entry> members = members(ProcessTable.all());
        if (members.isEmpty()) {
            return Optional.empty();
        }
        long ticks = members.stream().mapToLong(ProcessTable.Entry::cpuTicks).sum();
        long memory = members.stream()
                .mapToLong(entry -> ProcessTable.residentBytes(entry.pid()))
                .sum();
        return Optional.of(
                new InstanceUsage(Duration.ofMillis(ticks * 1000 / TICKS_PER_SECOND), memory, members.size()));
    }

    private List<ProcessTable.Entry> members(Map<Long, ProcessTable.Entry> table) {
        List<ProcessTable.Entry> members = new ArrayList<>();
        for (ProcessTable.Entry entry : table.values()) {
            if (!entry.zombie() && (descends(entry, table) || carriesCookie(entry))) {
                members.add(isRoot(entry) ? 0 : members.size(), entry);
            }
        }
        return members;
    }

    /** What has it was started later than the root, so that nobody else's environment is read. */
    private boolean carriesCookie(ProcessTable.Entry entry) {
        return entry.startTicks() >= startTicks && ProcessTable.hasVariable(entry.pid(), cookie);
    }

    private boolean descends(ProcessTable.Entry entry, Map<Long, ProcessTable.Entry> table) {
        ProcessTable.Entry ancestor = entry;
        for (int depth = 0; ancestor != null && depth < table.size(); depth++) {
            if (isRoot(ancestor)) {
                return true;
            }
            ancestor = table.get(ancestor.parent());
        }
        return false;
    }

    private boolean isRoot(ProcessTable.Entry entry) {
        return entry.pid() == root && (startTicks < 0 || entry.startTicks() == startTicks);
    }
}
