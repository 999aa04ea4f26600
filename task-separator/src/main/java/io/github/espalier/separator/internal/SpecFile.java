package io.github.espalier.separator.internal;

import io.github.espalier.separator.InvalidPathException;
import io.github.espalier.separator.SpecException;
import io.github.espalier.separator.Task;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one specification. */
public final class SpecFile {
    private static final Pattern HEADING = Pattern.compile("(?m)^#\\s+(.+?)\\s*#*\\s*$");
    private static final Pattern EFFORT =
            Pattern.compile("(?i)(?:(\\d+)\\s*d)?\\s*(?:(\\d+)\\s*h)?\\s*(?:(\\d+)\\s*m(?:in)?)?\\s*(?:(\\d+)\\s*s)?");

    private SpecFile() {}

    /** Ids compare without case: a specification may well say {@code SPEC-064}. */
    public static String id(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    public static Task read(Path file, String id) {
        String text = text(file);
        if (text.isBlank()) {
            throw new SpecException(file, 0, "is empty; say what is to be done");
        }
        List<Declarations.Entry> declared = Declarations.in(file, text);
        Matcher heading = HEADING.matcher(text);
        Task.Builder task = Task.builder(id)
                .title(heading.find() ? heading.group(1) : id)
                .spec(text)
                .specFile(file);
        for (Declarations.Entry entry : declared) {
            apply(task, entry, file);
        }
        return task.build();
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new SpecException(file, 0, "is not UTF-8 text; save it as UTF-8");
        } catch (IOException e) {
            throw new SpecException(file, 0, "cannot be read (" + e + ")");
        }
    }

    private static void apply(Task.Builder task, Declarations.Entry entry, Path file) {
        switch (entry.key()) {
            case "files" -> {
                try {
                    task.declare(entry.value());
                } catch (InvalidPathException e) {
                    throw new SpecException(file, entry.line(), String.valueOf(e.getMessage()));
                }
            }
            case "depends" -> task.dependsOn(id(entry.value()));
            case "priority" -> task.priority(number(entry, file));
            case "effort" ->
                task.effort(duration(entry.value())
                        .orElseThrow(() -> new SpecException(
                                file,
                                entry.line(),
                                "effort \"" + entry.value() + "\": write for example 45m, 2h or PT2H")));
            default -> throw new IllegalStateException(entry.key());
        }
    }

    private static int number(Declarations.Entry entry, Path file) {
        try {
            return Integer.parseInt(entry.value());
        } catch (NumberFormatException e) {
            throw new SpecException(file, entry.line(), "priority \"" + entry.value() + "\": write a whole number");
        }
    }

    /** {@code 45m}, {@code 1h30m}, {@code 2d} or ISO 8601. */
    static Optional<Duration> duration(String text) {
        Matcher matcher = EFFORT.matcher(text.strip());
        try {
            Duration duration = matcher.matches() && !text.isBlank()
                    ? Duration.ofDays(part(matcher, 1))
                            .plusHours(part(matcher, 2))
                            .plusMinutes(part(matcher, 3))
                            .plusSeconds(part(matcher, 4))
                    : Duration.parse(text.strip());
            return Optional.of(duration).filter(time -> !time.isZero() && !time.isNegative());
        } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static long part(Matcher matcher, int group) {
        return matcher.group(group) == null ? 0 : Long.parseLong(matcher.group(group));
    }
}
