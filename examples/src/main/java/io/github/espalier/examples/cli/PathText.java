package io.github.espalier.examples.cli;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Paths for output that programs read: as they are, or, with control characters in them, quoted as git quotes them. */
final class PathText {
    private PathText() {}

    static String of(String path) {
        boolean plain = path.chars().noneMatch(c -> Character.isISOControl(c) || c == '"' || c == '\\');
        if (plain) {
            return path;
        }
        StringBuilder quoted = new StringBuilder("\"");
        path.codePoints().forEach(c -> quoted.append(quote(c)));
        return quoted.append('"').toString();
    }

    private static String quote(int c) {
        return switch (c) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\t' -> "\\t";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            default -> Character.isISOControl(c) ? octal(Character.toString(c)) : Character.toString(c);
        };
    }

    private static String octal(String text) {
        StringBuilder octal = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            octal.append(String.format(Locale.ROOT, "\\%03o", b & 0xff));
        }
        return octal.toString();
    }
}
