package io.github.espalier.examples.view;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a terminal shows after some output: enough of one for text that is drawn in place. */
final class Screen {
    private static final Pattern STEP = Pattern.compile("\u001b\\[(\\d*)([A-Za-z])|[^\u001b]", Pattern.DOTALL);

    private final List<StringBuilder> lines = new ArrayList<>(List.of(new StringBuilder()));
    private int row;
    private int column;

    private Screen() {}

    /** The lines that are seen at the end, without blanks at their ends. */
    static List<String> after(String output) {
        Screen screen = new Screen();
        Matcher step = STEP.matcher(output);
        int end = 0;
        while (step.lookingAt()) {
            screen.take(step);
            end = step.end();
            step.region(end, output.length());
        }
        if (end < output.length()) {
            throw new AssertionError("no terminal knows this: " + output.substring(end));
        }
        return screen.lines.stream()
                .map(line -> line.toString().stripTrailing())
                .toList();
    }

    private void take(Matcher step) {
        if (step.group(2) == null) {
            print(step.group().charAt(0));
            return;
        }
        switch (step.group(2)) {
            case "A" -> row = Math.max(0, row - Integer.parseInt(step.group(1)));
            case "K" -> lines.get(row).setLength(column);
            case "J" -> {
                lines.get(row).setLength(column);
                lines.subList(row + 1, lines.size()).clear();
            }
            case "m" -> {}
            default -> throw new AssertionError("no terminal knows this: " + step.group());
        }
    }

    private void print(char c) {
        StringBuilder line = lines.get(row);
        if (c == '\r') {
            column = 0;
        } else if (c == '\n') {
            row++;
            column = 0;
            if (row == lines.size()) {
                lines.add(new StringBuilder());
            }
        } else {
            line.setLength(Math.max(line.length(), column + 1));
            line.setCharAt(column++, c);
        }
    }
}
