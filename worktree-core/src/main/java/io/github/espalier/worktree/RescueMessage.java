package io.github.espalier.worktree;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a rescue's commit says of itself: whose work it holds, and why it was put aside. Written and read by this one type;
 * whatever text the parts hold, what is read is what was written.
 *
 * <pre>
 * Rescue us-107
 *
 * Espalier-Task: us-107
 * Espalier-Run: 20260726-101500-7f3a
 * Espalier-Attempt: 1
 * Espalier-Time: 2026-07-26T10:20:31Z
 * Espalier-Reason: ran out of its time limit of 30 minutes
 * </pre>
 *
 * <p>The last paragraph is made of trailers as {@code git interpret-trailers} reads them. In a value a backslash is doubled,
 * and what would break the line or vanish from its ends is written as {@code \}{@code uXXXX}, so that no task id or reason
 * can pass for another trailer.
 *
 * @param task the task's id
 * @param run the run's id
 * @param attempt which attempt at the task it was, from 1 on
 * @param time when the work was put aside
 * @param reason why, for a person
 */
public record RescueMessage(String task, String run, int attempt, Instant time, String reason) {
    private static final List<String> KEYS =
            List.of("Espalier-Task: ", "Espalier-Run: ", "Espalier-Attempt: ", "Espalier-Time: ", "Espalier-Reason: ");

    /**
     * The whole message.
     *
     * @return a subject, an empty line, and the trailers
     */
    public String text() {
        List<String> values =
                List.of(escape(task), escape(run), Integer.toString(attempt), time.toString(), escape(reason));
        StringBuilder text = new StringBuilder("Rescue ")
                .append(task.replaceAll("[\\p{Cntrl}\\s\\x{85}\\x{2028}\\x{2029}]+", " ")
                        .strip())
                .append("\n\n");
        for (int i = 0; i < KEYS.size(); i++) {
            text.append(KEYS.get(i)).append(values.get(i)).append('\n');
        }
        return text.toString();
    }

    /**
     * Reads a commit's message.
     *
     * @param message any commit's message
     * @return what it says; empty: it was not written by {@link #text()}
     */
    public static Optional<RescueMessage> parse(String message) {
        List<String> lines = List.of(message.replaceFirst("\\n+$", "").split("\n", -1));
        int first = lines.size() - KEYS.size();
        if (first < 2 || !lines.get(first - 1).isEmpty()) {
            return Optional.empty();
        }
        List<String> values = new ArrayList<>();
        for (int i = 0; i < KEYS.size(); i++) {
            // The last value may be empty, and its key then loses its blank to whoever strips messages.
            String line = lines.get(first + i) + (i == KEYS.size() - 1 ? " " : "");
            if (!line.startsWith(KEYS.get(i))) {
                return Optional.empty();
            }
            values.add(unescape(line.substring(KEYS.get(i).length()).strip()));
        }
        try {
            return Optional.of(new RescueMessage(
                    values.get(0),
                    values.get(1),
                    Integer.parseInt(values.get(2)),
                    Instant.parse(values.get(3)),
                    values.get(4)));
        } catch (NumberFormatException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static String escape(String value) {
        StringBuilder escaped = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean atAnEnd = i == 0 || i == value.length() - 1;
            if (c == '\\') {
                escaped.append("\\\\");
            } else if (Character.isISOControl(c)
                    || c == '\u2028'
                    || c == '\u2029'
                    || (atAnEnd && Character.isWhitespace(c))
                    || isUnpaired(value, i)) {
                escaped.append(String.format("\\u%04x", (int) c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }

    /** UTF-8, which commits are in, has no way to write half of a pair. */
    private static boolean isUnpaired(String value, int i) {
        char c = value.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 == value.length() || !Character.isLowSurrogate(value.charAt(i + 1));
        }
        return Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(value.charAt(i - 1)));
    }

    private static String unescape(String escaped) {
        StringBuilder value = new StringBuilder(escaped.length());
        for (int i = 0; i < escaped.length(); i++) {
            char c = escaped.charAt(i);
            if (c == '\\' && escaped.startsWith("\\", i + 1)) {
                value.append('\\');
                i++;
            } else if (c == '\\' && escaped.substring(i + 1).matches("(?s)u[0-9a-f]{4}.*")) {
                value.append((char) Integer.parseInt(escaped.substring(i + 2, i + 6), 16));
                i += 5;
            } else {
                value.append(c);
            }
        }
        return value.toString();
    }
}
