package io.github.espalier.examples.benchmark;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A report's arguments: options that each take a whole number or a text, and {@code --json}.
 *
 * @param numbers the options that take a number, without their dashes
 * @param texts those that take a text and were given
 * @param json whether JSON is wanted instead of a table
 */
record Arguments(Map<String, Integer> numbers, Map<String, String> texts, boolean json) {
    /**
     * Reads them.
     *
     * @throws IllegalArgumentException with how to call it, if there is an option that has no default, or no whole number
     */
    static Arguments parse(Map<String, Integer> defaults, String... args) {
        return parse(defaults, Set.of(), args);
    }

    /**
     * Reads them, with options that take a text.
     *
     * @throws IllegalArgumentException with how to call it, if there is an option that is not known, or no whole number
     */
    static Arguments parse(Map<String, Integer> defaults, Set<String> ofText, String... args) {
        Map<String, Integer> numbers = new LinkedHashMap<>(defaults);
        Map<String, String> texts = new LinkedHashMap<>();
        boolean json = false;
        for (int i = 0; i < args.length; i++) {
            String name = args[i].replaceFirst("^--", "");
            boolean option = args[i].startsWith("--") && i + 1 < args.length;
            if ("--json".equals(args[i])) {
                json = true;
            } else if (option && ofText.contains(name)) {
                texts.put(name, args[++i]);
            } else if (option && numbers.containsKey(name)) {
                i++;
                if (!args[i].matches("[0-9]{1,9}")) {
                    throw new IllegalArgumentException(
                            "--" + name + " " + args[i] + ": not a whole number; " + use(defaults, ofText));
                }
                numbers.put(name, Integer.valueOf(args[i]));
            } else {
                throw new IllegalArgumentException(use(defaults, ofText));
            }
        }
        return new Arguments(numbers, texts, json);
    }

    /** The number of an option, which must have a default and be at least so much. */
    int number(String name, int least) {
        int number = numbers.getOrDefault(name, 0);
        if (number < least) {
            throw new IllegalArgumentException("--" + name + " " + number + ": must be at least " + least);
        }
        return number;
    }

    /** The text of an option; empty: it was not given. */
    Optional<String> text(String name) {
        return Optional.ofNullable(texts.get(name));
    }

    private static String use(Map<String, Integer> defaults, Set<String> ofText) {
        return Stream.concat(
                        defaults.entrySet().stream()
                                .map(option -> "[--" + option.getKey() + " N (" + option.getValue() + ")]"),
                        ofText.stream().map(option -> "[--" + option + " TEXT]"))
                .sorted()
                .collect(Collectors.joining(" ", "use: ", " [--json]"));
    }
}
