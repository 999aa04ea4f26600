package io.github.espalier.worktree.internal;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which programs of the repository's configuration a merge may run: the merge drivers that the host allows, as they were
 * configured when it did so, and nothing else. Immutable.
 */
final class MergeDrivers {
    private static final String DRIVER = "driver";
    private static final String RECURSIVE = "recursive";

    /** By driver's name its settings. */
    private final Map<String, Map<String, String>> allowed;

    private MergeDrivers(Map<String, Map<String, String>> allowed) {
        this.allowed = allowed;
    }

    /** Takes down how the allowed drivers are configured now, so that nobody can change them later. */
    static MergeDrivers allow(Git git, Collection<String> names) {
        Map<String, Map<String, String>> settings = new TreeMap<>();
        if (!names.isEmpty()) {
            for (String entry : git.command("config", "--null", "--get-regexp", "^merge\\.")
                    .accept(1)
                    .run()
                    .nulSeparated()) {
                int keyEnd = entry.indexOf('\n');
                String key = keyEnd < 0 ? entry : entry.substring(0, keyEnd);
                String value = keyEnd < 0 ? "" : entry.substring(keyEnd + 1);
                subsection(key, "merge.")
                        .filter(names::contains)
                        .ifPresent(name -> settings.computeIfAbsent(name, any -> new TreeMap<>())
                                .put(key.substring(key.lastIndexOf('.') + 1), value));
            }
            settings.values().removeIf(driver -> !driver.containsKey(DRIVER));
        }
        return new MergeDrivers(settings);
    }

    /** The command that lists what {@link #overrides} needs to know. */
    static GitCommand keys(Git git) {
        return git.command("config", "--null", "--name-only", "--get-regexp", "^(merge|filter)\\.")
                .accept(1);
    }

    /**
     * Overrides for every merge driver, and for every filter if a merge would run them. A driver that fails makes a conflict,
     * which a person can look at; without a driver git would merge lines, which whoever configured one did not want.
     */
    String overrides(List<String> keys) {
        StringBuilder text = new StringBuilder();
        Set<String> drivers = subsections(keys, "merge.");
        drivers.addAll(allowed.keySet());
        for (String name : drivers) {
            Map<String, String> settings = allowed.getOrDefault(name, Map.of(DRIVER, "exit 1"));
            text.append(section("merge", name))
                    .append(setting(DRIVER, settings.getOrDefault(DRIVER, "exit 1")))
                    // without this setting a driver serves itself
                    .append(setting(RECURSIVE, settings.getOrDefault(RECURSIVE, name)));
        }
        if (keys.contains("merge.renormalize")) {
            for (String filter : subsections(keys, "filter.")) {
                text.append(section("filter", filter))
                        .append("\tclean =\n\tsmudge =\n\tprocess =\n\trequired = false\n");
            }
        }
        return text.toString();
    }

    private static Set<String> subsections(List<String> keys, String prefix) {
        Set<String> names = new TreeSet<>();
        keys.forEach(key -> subsection(key, prefix).ifPresent(names::add));
        return names;
    }

    private static Optional<String> subsection(String key, String prefix) {
        int end = key.lastIndexOf('.');
        return key.startsWith(prefix) && end >= prefix.length()
                ? Optional.of(key.substring(prefix.length(), end))
                : Optional.empty();
    }

    private static String section(String name, String subsection) {
        return "[" + name + " \"" + subsection.replace("\\", "\\\\").replace("\"", "\\\"") + "\"]\n";
    }

    private static String setting(String key, String value) {
        String quoted = value.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\n", "\\n")
                .replace("\t", "\\t");
        return "\t" + key + " = \"" + quoted + "\"\n";
    }
}
