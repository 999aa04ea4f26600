package io.github.espalier.examples.view;

import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What standard output is connected to.
 *
 * @param live whether lines on it can be drawn anew
 * @param style whether colours are wanted
 * @param environment where {@code COLUMNS} and {@code LINES} come from
 */
public record Terminal(boolean live, Style style, Map<String, String> environment) {
    private static final Size USUAL = new Size(80, 24);

    /**
     * How much there is room for.
     *
     * @param columns columns
     * @param rows rows
     */
    public record Size(int columns, int rows) {}

    /** Copies the environment. */
    public Terminal {
        environment = Map.copyOf(environment);
    }

    /** The one this process writes to. */
    public static Terminal detect() {
        return of(interactive(System.console()), System.getenv());
    }

    /** One where somebody is looking on, or nobody is, in an environment. */
    static Terminal of(boolean interactive, Map<String, String> environment) {
        boolean live = interactive && !"dumb".equals(environment.get("TERM"));
        // https://no-color.org: set to anything but the empty string.
        boolean colours = live && environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Terminal(live, new Style(colours), environment);
    }

    /** No terminal: a file or a pipe. */
    public static Terminal none() {
        return new Terminal(false, new Style(false), Map.of());
    }

    /** From Java 22 on there is a console even where there is no terminal, and it can be asked. */
    private static boolean interactive(@org.jspecify.annotations.Nullable Console console) {
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    /** Its present size, as the environment or else the terminal's driver says; 80 by 24 where neither does. */
    public Size size() {
        Optional<Integer> columns = number(environment.get("COLUMNS"));
        Optional<Integer> rows = number(environment.get("LINES"));
        Size asked = columns.isPresent() && rows.isPresent() ? USUAL : driver().orElse(USUAL);
        return new Size(columns.orElse(asked.columns()), rows.orElse(asked.rows()));
    }

    private static Optional<Size> driver() {
        File tty = new File("/dev/tty");
        try {
            Process process = new ProcessBuilder("stty", "size")
                    .redirectInput(tty)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(1, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.empty();
            }
            String[] words = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                    .strip()
                    .split(" ", -1);
            Optional<Integer> rows = number(words[0]);
            Optional<Integer> columns = number(words[words.length - 1]);
            return rows.isPresent() && columns.isPresent()
                    ? Optional.of(new Size(columns.get(), rows.get()))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static Optional<Integer> number(@org.jspecify.annotations.Nullable String text) {
        return text != null && text.matches("[1-9][0-9]{0,4}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
    }
}
