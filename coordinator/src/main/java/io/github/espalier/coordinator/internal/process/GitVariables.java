package io.github.espalier.coordinator.internal.process;

import java.util.Map;

/** Configuration of git in a program's environment, behind what is there already. Not thread-safe. */
final class GitVariables {
    private static final String COUNT = "GIT_CONFIG_COUNT";

    private final Map<String, String> environment;

    GitVariables(Map<String, String> environment) {
        this.environment = environment;
    }

    /** Git refuses a count that is no number; so it is left to git to say so. */
    GitVariables configure(String key, String value) {
        String count = environment.getOrDefault(COUNT, "0");
        if (count.matches("[0-9]{1,4}")) {
            int number = Integer.parseInt(count);
            environment.put("GIT_CONFIG_KEY_" + number, key);
            environment.put("GIT_CONFIG_VALUE_" + number, value);
            environment.put(COUNT, String.valueOf(number + 1));
        }
        return this;
    }
}
