package io.github.espalier.examples.benchmark;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A report's arguments: options that each take a whole number, and {@code --json}.
 *
 * @param numbers the options, without their dashes
 * @param json whether JSON is wanted instead of a table
 */
record Arguments(Map<String, Integer> numbers, boolean json) {
    /**
     * Reads them.
     *
     * @throws IllegalArgumentException with how to call it, if there is an option that has no default, or no whole number
     */
    static Arguments parse(Map<String, Integer> defaults, String... args) {
        Map<String, Integer> numbers = new LinkedHashMap<>(defaults);
        boolean json = false;
        for (int i = 0; i < args.length; i++) {
            String name = args[i].replaceFirst("^--", "");
            if ("--json".equals(args[i])) {
                json = true;
            } else if (args[i].startsWith("--") && numbers.containsKey(name) && i + 1 < args.length) {
                i++;
                if (!args[i].matches("[0-9]{1,9}")) {
                    throw new IllegalArgumentException(
                            "--" + name + " " + args[i] + ": not a whole number; " + use(defaults));
                }
                numbers.put(name, Integer.valueOf(args[i]));
            } else {
                throw new IllegalArgumentException(use(defaults));
            }
        }
        return new Arguments(numbers, json);
    }

    /** The number of an option, which must have a default and be at least so much. */
    int number(String name, int least) {
        int number = numbers.getOrDefault(name, 0);
        if (number < least) {
            throw new IllegalArgumentException("--" + name + " " + number + ": must be at least " + least);
        }
        return number;
    }

    private static String use(Map<String, Integer> defaults) {
        return defaults.entrySet().stream()
                .map(option -> "[--" + option.getKey() + " N (" + option.getValue() + ")]")
                .sorted()
                .collect(Collectors.joining(" ", "use: ", " [--json]"));
    }
}
