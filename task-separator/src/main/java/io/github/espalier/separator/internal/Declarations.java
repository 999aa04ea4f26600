package io.github.espalier.separator.internal;

import io.github.espalier.separator.SpecException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a specification declares in YAML front matter or in a fenced block marked {@code espalier}: of YAML only what four keys
 * need, which is a scalar, a list in brackets, and a list of dashes.
 */
final class Declarations {
    private static final Set<String> KEYS = Set.of("files", "depends", "priority", "effort");
    private static final Pattern FENCE = Pattern.compile("^\\s*(?:```+|~~~+)\\s*espalier\\s*$");
    private static final Pattern END_OF_FENCE = Pattern.compile("^\\s*(?:```+|~~~+)\\s*$");
    private static final Pattern KEY = Pattern.compile("^([A-Za-z][\\w-]*)\\s*:(?:\\s+(.*)|\\s*)$");
    private static final Pattern ITEM = Pattern.compile("^\\s*-\\s+(.*)$");

    private final Path file;
    private final List<Entry> entries = new ArrayList<>();
    private String key = "";

    private Declarations(Path file) {
        this.file = file;
    }

    /**
     * One value of a key.
     *
     * @param key one of {@code files}, {@code depends}, {@code priority}, {@code effort}
     * @param value without quotes
     * @param line the line, from 1
     */
    record Entry(String key, String value, int line) {}

    static List<Entry> in(Path file, String text) {
        Declarations declarations = new Declarations(file);
        List<String> lines = text.lines().toList();
        boolean frontMatter = !lines.isEmpty() && lines.get(0).strip().equals("---");
        boolean fenced = false;
        for (int i = frontMatter ? 1 : 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (frontMatter && line.strip().matches("---|\\.\\.\\.")) {
                frontMatter = false;
            } else if (!frontMatter && !fenced && FENCE.matcher(line).matches()) {
                fenced = true;
                declarations.key = "";
            } else if (fenced && END_OF_FENCE.matcher(line).matches()) {
                fenced = false;
            } else if (frontMatter || fenced) {
                declarations.line(line, i + 1, fenced);
            }
        }
        if (frontMatter || fenced) {
            throw new SpecException(
                    file,
                    lines.size(),
                    frontMatter ? "front matter does not end; close it with ---" : "block does not end");
        }
        return declarations.entries;
    }

    /** Front matter may hold keys of other tools; a block of ours may not. */
    private void line(String line, int number, boolean ours) {
        if (line.isBlank() || line.strip().startsWith("#")) {
            return;
        }
        Matcher item = ITEM.matcher(line);
        Matcher declared = KEY.matcher(line);
        if (item.matches()) {
            values(item.group(1), number);
        } else if (declared.matches()) {
            key = declared.group(1);
            if (!KEYS.contains(key) && ours) {
                throw new SpecException(
                        file, number, "key \"" + key + "\" is unknown; files, depends, priority and effort are");
            }
            String value = declared.group(2);
            if (value != null && !value.isBlank()) {
                values(value, number);
            }
        } else if (ours) {
            throw new SpecException(
                    file, number, "\"" + line.strip() + "\" is no declaration; write \"key: value\" or \"- value\"");
        }
    }

    private void values(String text, int number) {
        if (!KEYS.contains(key)) {
            return;
        }
        String value = text.strip();
        if (value.startsWith("[") && value.endsWith("]")) {
            for (String part : splitOutsideBraces(value.substring(1, value.length() - 1))) {
                add(part, number);
            }
        } else if (key.equals("depends") || (key.equals("files") && value.contains(", "))) {
            splitOutsideBraces(value).forEach(part -> add(part, number));
        } else {
            add(value, number);
        }
    }

    private void add(String raw, int number) {
        String value = raw.strip();
        boolean quoted = value.length() >= 2
                && (value.charAt(0) == '"' || value.charAt(0) == '\'')
                && value.charAt(value.length() - 1) == value.charAt(0);
        String plain = quoted ? value.substring(1, value.length() - 1) : value.replaceFirst("\\s+#.*$", "");
        if (!plain.isBlank()) {
            entries.add(new Entry(key, plain, number));
        }
    }

    /** A comma in {@code {a,b}} belongs to the glob. */
    private static List<String> splitOutsideBraces(String text) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int begin = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (c == ',' && depth == 0) {
                parts.add(text.substring(begin, i));
                begin = i + 1;
            }
        }
        parts.add(text.substring(begin));
        return parts;
    }
}
