package io.github.espalier.examples.view;

import io.github.espalier.coordinator.InstanceUsage;
import io.github.espalier.coordinator.TaskOutcome;
import io.github.espalier.coordinator.TaskStatus;
import io.github.espalier.coordinator.WaitReason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The lines of one drawing of the table: never wider than the terminal, never taller. */
final class TableFrame {
    private static final int TASK = 22;
    private static final int STATE = 9;
    private static final int TIME = 8;
    private static final int CPU = 6;
    private static final int MEMORY = 9;
    private static final int FIXED = TASK + STATE + TIME + CPU + MEMORY + 5;
    private static final int NARROW = FIXED + 20;
    private static final int OTHER_ROWS = 3;

    private final Style style;
    private final CpuRates rates = new CpuRates();

    TableFrame(Style style) {
        this.style = style;
    }

    List<String> lines(List<TaskStatus> all, Map<String, Instant> ends, Instant now, Terminal.Size size) {
        // The last column stays free: a full line would make some terminals wrap.
        int columns = Math.max(1, size.columns() - 1);
        List<TaskStatus> shown = shown(all, Math.max(1, size.rows() - OTHER_ROWS));
        List<String> lines = new ArrayList<>();
        lines.add(style.bold(DisplayText.cut(
                row(columns, "TASK", "STATE", "TIME", "CPU", "MEMORY", "LAST LINE, OR WHAT IT WAITS FOR"), columns)));
        for (TaskStatus status : shown) {
            String time = status.startedAt()
                    .map(start -> Amounts.clock(Duration.between(start, ends.getOrDefault(status.id(), now))))
                    .orElse("");
            String cpu = rates.percent(status, now)
                    .map(percent -> String.format(Locale.ROOT, "%.0f %%", percent))
                    .orElse("");
            String memory = status.usage()
                    .map(InstanceUsage::memoryBytes)
                    .map(Amounts::bytes)
                    .orElse("");
            String row = DisplayText.cut(
                    row(columns, name(status), status.phase(), time, cpu, memory, remark(status)), columns);
            lines.add(style.state(status.state(), row));
        }
        if (shown.size() < all.size()) {
            lines.add(DisplayText.cut("and " + (all.size() - shown.size()) + " more", columns));
        }
        return lines;
    }

    /** Where not all fit, those at work come first, then those that wait. */
    private static List<TaskStatus> shown(List<TaskStatus> all, int rows) {
        if (all.size() <= rows) {
            return all;
        }
        return all.stream()
                .sorted(Comparator.comparingInt(status -> switch (status.state()) {
                    case RUNNING -> 0;
                    case PENDING -> 1;
                    case FAILED -> 2;
                    case COMPLETED -> 3;
                }))
                .limit(rows)
                .toList();
    }

    private static String row(
            int columns, String task, String state, String time, String cpu, String memory, String remark) {
        String start = DisplayText.fit(task, TASK) + " " + DisplayText.fit(state, STATE) + " ";
        if (columns < NARROW) {
            return start + remark;
        }
        return start
                + DisplayText.fit(time, TIME) + " "
                + DisplayText.fit(cpu, CPU) + " "
                + DisplayText.fit(memory, MEMORY) + " "
                + remark;
    }

    private static String name(TaskStatus status) {
        return status.title().isBlank() ? status.id() : status.id() + " " + status.title();
    }

    private static String remark(TaskStatus status) {
        Optional<String> outcome = status.outcome().map(TaskOutcome::describe);
        Optional<String> wait = status.waitingFor().map(WaitReason::detail);
        return DisplayText.clean(outcome.or(() -> wait).or(status::lastLine).orElse(""));
    }
}
