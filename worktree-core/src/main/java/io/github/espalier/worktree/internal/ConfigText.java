package io.github.espalier.worktree.internal;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.Config;

/**
 * One git configuration file, read in process: nothing it names is opened or run.
 *
 * @param values key → values, in the order of keys; empty where the text is no configuration
 */
record ConfigText(Map<String, List<String>> values) {
    static final ConfigText NONE = new ConfigText(Map.of());

    static ConfigText parse(String text) {
        Config config = new Config();
        try {
            config.fromText(text);
        } catch (ConfigInvalidException | RuntimeException e) {
            return NONE;
        }
        Map<String, List<String>> values = new TreeMap<>();
        for (String section : config.getSections()) {
            put(config, section, null, values);
            config.getSubsections(section).forEach(subsection -> put(config, section, subsection, values));
        }
        return new ConfigText(values);
    }

    private static void put(
            Config config,
            String section,
            @org.jspecify.annotations.Nullable String subsection,
            Map<String, List<String>> values) {
        String prefix = section.toLowerCase(Locale.ROOT) + (subsection == null ? "" : "." + subsection);
        for (String name : config.getNames(section, subsection)) {
            List<String> all = new ArrayList<>();
            for (String value : config.getStringList(section, subsection, name)) {
                all.add(String.valueOf(value));
            }
            values.put(prefix + "." + name.toLowerCase(Locale.ROOT), all);
        }
    }

    /** The keys whose values differ. A subsection can be an address: a password in it is left out. */
    List<String> keysChangedSince(ConfigText earlier) {
        TreeSet<String> keys = new TreeSet<>(values.keySet());
        keys.addAll(earlier.values.keySet());
        keys.removeIf(key -> Objects.equals(values.get(key), earlier.values.get(key)));
        return keys.stream().map(key -> key.replaceAll("//[^/@]*@", "//")).toList();
    }

    /** Files that it includes, whatever the condition. */
    List<Path> includes(Path file) {
        List<Path> found = new ArrayList<>();
        values.forEach((key, all) -> {
            if (key.equals("include.path") || (key.startsWith("includeif.") && key.endsWith(".path"))) {
                all.forEach(path -> include(file, path, found));
            }
        });
        return found;
    }

    private static void include(Path file, String path, List<Path> found) {
        try {
            String named = path.startsWith("~/") ? System.getProperty("user.home") + path.substring(1) : path;
            found.add(file.resolveSibling(named).normalize());
        } catch (InvalidPathException e) {
            // no file has that name
        }
    }
}
