package io.github.espalier.separator.internal;

import io.github.espalier.separator.DeclaredPath;
import io.github.espalier.separator.DeclaredPath.Kind;
import io.github.espalier.separator.InvalidPathException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads declarations of paths. */
public final class DeclaredPathParser {
    private static final Pattern KIND = Pattern.compile("(?i)^(write|create|delete|rename):\\s*(.*)$", Pattern.DOTALL);
    private static final Pattern REGION = Pattern.compile("^(.*?)(?::(\\d+(?:[-:]\\d+)?)|#([^/#]+))$");
    private static final Pattern DRIVE = Pattern.compile("^[A-Za-z]:([/\\\\].*)?$");
    private static final String ARROW = "->";

    private DeclaredPathParser() {}

    public static DeclaredPath parse(String text) {
        Matcher prefixed = KIND.matcher(text.strip());
        Kind kind = prefixed.matches() ? Kind.valueOf(prefixed.group(1).toUpperCase(Locale.ROOT)) : Kind.WRITE;
        String rest = prefixed.matches() ? prefixed.group(2) : text.strip();
        if (kind == Kind.RENAME) {
            int arrow = rest.indexOf(ARROW);
            if (arrow < 0) {
                throw new InvalidPathException(text, "a rename needs both names; write \"rename: old -> new\"");
            }
            String to = normalize(rest.substring(arrow + ARROW.length()), text);
            return new DeclaredPath(kind, normalize(rest.substring(0, arrow), text), Optional.of(to), Optional.empty());
        }
        Matcher region = REGION.matcher(rest);
        if (region.matches()) {
            String part = region.group(2) == null ? region.group(3) : region.group(2);
            return new DeclaredPath(kind, normalize(region.group(1), text), Optional.empty(), Optional.of(part));
        }
        return new DeclaredPath(kind, normalize(rest, text), Optional.empty(), Optional.empty());
    }

    /** The path without {@code .}, {@code ..} and doubled slashes. */
    static String normalize(String raw, String declared) {
        String path = raw.strip();
        if (path.isEmpty()) {
            throw new InvalidPathException(declared, "is empty; name a file, a folder or a glob");
        } else if (path.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            throw new InvalidPathException(declared, "holds control characters; write the name without them");
        } else if (path.startsWith("/")
                || path.startsWith("~")
                || DRIVE.matcher(path).matches()) {
            throw new InvalidPathException(declared, "is absolute; give it relative to the repository's root");
        }
        Deque<String> segments = new ArrayDeque<>();
        for (String segment : List.of(path.split("/", -1))) {
            if (segment.equals("..")) {
                if (segments.pollLast() == null) {
                    throw new InvalidPathException(declared, "leads out of the repository; name a path inside it");
                }
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                segments.addLast(segment);
            }
        }
        if (segments.isEmpty()) {
            return "**"; // the root itself: everything
        } else if (segments.stream().anyMatch(segment -> segment.equalsIgnoreCase(".git"))) {
            throw new InvalidPathException(declared, "lies in git's own folder; name a file of the project");
        }
        return String.join("/", segments) + (path.endsWith("/") ? "/" : "");
    }
}
