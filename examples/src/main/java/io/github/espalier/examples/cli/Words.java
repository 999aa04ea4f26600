package io.github.espalier.examples.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a command line into words as a POSIX shell does, and expands nothing: no variable, no glob, no substitution. Blanks
 * divide words; {@code '…'} keeps everything; in {@code "…"} a backslash escapes {@code "}, {@code \}, {@code $} and {@code
 * `}; outside quotes it escapes any character (POSIX.1-2017, XCU 2.2).
 */
final class Words {
    private final String text;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;
    private int at;

    private Words(String text) {
        this.text = text;
    }

    /**
     * Splits.
     *
     * @throws MisuseException if a quote is not closed, or the text ends in a backslash
     */
    static List<String> split(String text) {
        return new Words(text).words();
    }

    /** A word as a shell, and {@link #split}, would read it back. */
    static String quote(String word) {
        return word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    private List<String> words() {
        while (at < text.length()) {
            char c = text.charAt(at++);
            switch (c) {
                case ' ', '\t', '\n' -> end();
                case '\'' -> singleQuoted();
                case '"' -> doubleQuoted();
                case '\\' -> escaped();
                default -> add(c);
            }
        }
        end();
        return List.copyOf(words);
    }

    private void escaped() {
        char c = next("it ends in a backslash; double it, or drop it");
        if (c != '\n') {
            add(c);
        }
    }

    private void singleQuoted() {
        inWord = true;
        for (char c = inQuotes(); c != '\''; c = inQuotes()) {
            add(c);
        }
    }

    private void doubleQuoted() {
        inWord = true;
        for (char c = inQuotes(); c != '"'; c = inQuotes()) {
            if (c != '\\') {
                add(c);
                continue;
            }
            char escaped = inQuotes();
            if ("\"\\$`".indexOf(escaped) < 0 && escaped != '\n') {
                add('\\');
            }
            if (escaped != '\n') {
                add(escaped);
            }
        }
    }

    private char inQuotes() {
        return next("a quote is not closed; close it, or escape it with a backslash");
    }

    private char next(String problem) {
        if (at == text.length()) {
            throw new MisuseException("the command '" + text + "' cannot be split into words: " + problem);
        }
        return text.charAt(at++);
    }

    private void add(char c) {
        inWord = true;
        word.append(c);
    }

    private void end() {
        if (inWord) {
            words.add(word.toString());
            word.setLength(0);
            inWord = false;
        }
    }
}
