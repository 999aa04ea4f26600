package io.github.espalier.examples.cli;

import io.github.espalier.examples.view.DisplayText;
import io.github.espalier.worktree.Conflict;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A probe for people. */
final class ProbeText {
    private static final int MATRIX_BRANCHES = 20;
    private static final int LONGEST_NAME = 30;
    private static final int PATHS_SHOWN = 10;

    private final Probe probe;
    private final PrintWriter out;

    ProbeText(Probe probe, PrintWriter out) {
        this.probe = probe;
        this.out = out;
    }

    void print() {
        if (probe.branches().size() <= MATRIX_BRANCHES) {
            matrix();
        }
        List<Probe.Pair> conflicting = probe.conflicting();
        out.println(conflicting.size() + " of " + probe.pairs().size() + " pairs conflict");
        conflicting.forEach(this::pair);
    }

    /** How many paths conflict between two branches; a dot for none. */
    private void matrix() {
        Map<List<String>, Long> counts = probe.pairs().stream()
                .collect(Collectors.toMap(pair -> List.of(pair.a(), pair.b()), Probe.Pair::paths));
        int cell = 2
                + digits(counts.values().stream()
                        .mapToLong(Long::longValue)
                        .max()
                        .orElse(0));
        List<String> branches = probe.branches();
        int width = Math.min(
                LONGEST_NAME,
                branches.stream()
                        .mapToInt(branch -> DisplayText.width(DisplayText.clean(branch)))
                        .max()
                        .orElse(0));
        out.println(("     " + " ".repeat(width) + " "
                        + IntStream.rangeClosed(1, branches.size())
                                .mapToObj(number -> DisplayText.fit(String.valueOf(number), cell))
                                .collect(Collectors.joining()))
                .stripTrailing());
        for (int row = 0; row < branches.size(); row++) {
            StringBuilder line = new StringBuilder("  ")
                    .append(DisplayText.fit(String.valueOf(row + 1), 3))
                    .append(DisplayText.fit(branches.get(row), width))
                    .append(' ');
            for (int column = 0; column < row; column++) {
                long count = counts.getOrDefault(List.of(branches.get(column), branches.get(row)), 0L);
                line.append(DisplayText.fit(count == 0 ? "." : String.valueOf(count), cell));
            }
            out.println(line.toString().stripTrailing());
        }
    }

    /** Enough for the columns' own numbers too. */
    private int digits(long most) {
        return Math.max(
                String.valueOf(most).length(),
                String.valueOf(probe.branches().size()).length());
    }

    private void pair(Probe.Pair pair) {
        Map<String, String> kinds = pair.conflicts().stream()
                .limit(PATHS_SHOWN)
                .collect(Collectors.groupingBy(
                        conflict -> conflict.kind().word(),
                        LinkedHashMap::new,
                        Collectors.mapping(Conflict::path, Collectors.joining(", "))));
        String paths = kinds.entrySet().stream()
                .map(kind -> kind.getKey() + " " + kind.getValue())
                .collect(Collectors.joining("; "));
        int more = pair.conflicts().size() - PATHS_SHOWN;
        out.println("  "
                + DisplayText.clean(
                        pair.a() + " and " + pair.b() + ": " + paths + (more > 0 ? "; and " + more + " more" : "")));
    }
}
