package io.github.espalier.worktree;

import io.github.espalier.worktree.internal.Git;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The filter drivers and line-ending settings as configured when a run began, before any instance could change them.
 * Immutable and thread-safe.
 */
public final class TrustedFilters {
    private static final String RELATED = "^(filter\\..*|core\\.(autocrlf|eol|safecrlf|attributesfile))$";
    private static final Map<String, String> UNSET = Map.of(
            "core.autocrlf",
            "false",
            "core.eol",
            "native",
            "core.safecrlf",
            "warn",
            "core.attributesfile",
            "/dev/null");

    private final Map<String, String> trusted;

    private TrustedFilters(Map<String, String> trusted) {
        this.trusted = Map.copyOf(trusted);
    }

    /**
     * Takes the snapshot.
     *
     * @param repository the repository
     * @return its filters as configured now
     */
    public static TrustedFilters of(GitRepository repository) {
        return new TrustedFilters(configured(Git.of(repository)));
    }

    /**
     * Arguments that make git in a worktree run these filters and no other.
     *
     * @param worktree the worktree
     * @return pairs of {@code -c} and {@code key=value}; empty: no argument can take back what was configured during the
     *     run: a process for a trusted driver, which git would prefer to the trusted command, or a driver with {@code =} in
     *     its name
     */
    public Optional<List<String>> overrides(Worktree worktree) {
        return overrides(configured(Git.in(worktree)));
    }

    /**
     * Arguments that make git on the repository itself, as when it adds a worktree, run these filters and no other.
     *
     * @param repository the repository
     * @return as for a worktree
     */
    public Optional<List<String>> overrides(GitRepository repository) {
        return overrides(configured(Git.of(repository)));
    }

    private Optional<List<String>> overrides(Map<String, String> now) {
        Set<String> keys = new TreeSet<>(now.keySet());
        keys.addAll(trusted.keySet());
        List<String> arguments = new ArrayList<>();
        for (String key : keys) {
            String value = trusted.get(key);
            if (value == null && (key.indexOf('=') >= 0 || isProcessOfTrusted(key))) {
                return Optional.empty();
            }
            arguments.add("-c");
            arguments.add(key + "=" + (value == null ? unset(key) : value));
        }
        return Optional.of(arguments);
    }

    private boolean isProcessOfTrusted(String processKey) {
        if (!processKey.endsWith(".process")) {
            return false;
        }
        String driver = processKey.substring(0, processKey.length() - "process".length());
        return trusted.containsKey(driver + "clean") || trusted.containsKey(driver + "smudge");
    }

    private static String unset(String key) {
        return key.endsWith(".required") ? "false" : UNSET.getOrDefault(key, "");
    }

    private static Map<String, String> configured(Git git) {
        Map<String, String> found = new LinkedHashMap<>();
        for (String entry : git.command("config", "-z", "--get-regexp", RELATED)
                .accept(1)
                .run()
                .nulSeparated()) {
            int end = entry.indexOf('\n');
            if (!entry.isEmpty()) {
                found.put(end < 0 ? entry : entry.substring(0, end), end < 0 ? "true" : entry.substring(end + 1));
            }
        }
        return found;
    }
}
