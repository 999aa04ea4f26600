package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.internal.Configuration.Setting;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which programs of the repository's configuration a merge may run: the merge drivers that the host allows, as they were
 * configured when it did so, and nothing else. Immutable.
 */
final class MergeDrivers {
    /** No driver may run. */
    static final MergeDrivers NONE = new MergeDrivers(Map.of());

    private static final String MERGE = "merge";
    private static final String DRIVER = "driver";
    private static final String RECURSIVE = "recursive";
    /** A driver that fails makes a conflict. */
    private static final String FAILING = "exit 1";

    /** By driver's name its settings. */
    private final Map<String, Map<String, String>> allowed;

    private MergeDrivers(Map<String, Map<String, String>> allowed) {
        this.allowed = allowed;
    }

    /** Takes down how the allowed drivers are configured now, so that nobody can change them later. */
    static MergeDrivers allow(Git git, Collection<String> names) {
        if (names.isEmpty()) {
            return NONE;
        }
        Set<String> raw = names.stream()
                .map(name -> new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1))
                .collect(Collectors.toSet());
        Map<String, Map<String, String>> settings = new TreeMap<>();
        Configuration.of(Configuration.listing(git).run())
                .all()
                .filter(setting -> setting.section().equals(MERGE))
                .forEach(setting -> setting.subsection()
                        .filter(raw::contains)
                        .ifPresent(name -> settings.computeIfAbsent(name, any -> new TreeMap<>())
                                .put(setting.name(), setting.value().orElse(""))));
        settings.values().removeIf(driver -> !driver.containsKey(DRIVER));
        return new MergeDrivers(settings);
    }

    /**
     * A configuration with the allowed drivers. Another one makes a conflict, which a person can look at; without a driver git
     * would merge lines, which whoever configured one did not want.
     */
    Configuration guard(Configuration configuration) {
        Set<String> names = configuration
                .all()
                .filter(setting -> setting.section().equals(MERGE))
                .flatMap(setting -> setting.subsection().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        names.addAll(allowed.keySet());
        List<Setting> drivers = new ArrayList<>();
        for (String name : names) {
            Map<String, String> settings = allowed.getOrDefault(name, Map.of(DRIVER, FAILING));
            drivers.add(Setting.of(key(name, DRIVER), settings.getOrDefault(DRIVER, FAILING)));
            // without this setting a driver serves itself
            drivers.add(Setting.of(key(name, RECURSIVE), settings.getOrDefault(RECURSIVE, name)));
        }
        return configuration.with(drivers);
    }

    private static String key(String name, String setting) {
        return MERGE + "." + name + "." + setting;
    }
}
