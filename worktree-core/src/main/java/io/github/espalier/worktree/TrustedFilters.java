package io.github.espalier.worktree;

import io.github.espalier.worktree.internal.Git;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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
    private final boolean known;

    private TrustedFilters(Map<String, String> trusted, boolean known) {
        this.trusted = Map.copyOf(trusted);
        this.known = known;
    }

    /**
     * Takes the snapshot.
     *
     * @param repository the repository
     * @return its filters as configured now
     */
    public static TrustedFilters of(GitRepository repository) {
        return new TrustedFilters(configured(Git.of(repository)), true);
    }

    /**
     * Takes up a snapshot of an earlier process. If something else is configured by now, nobody knows what may run: then
     * {@link #overrides} finds no settings wherever any filter is configured.
     *
     * @param repository the repository
     * @param digest what {@link #digest} told
     * @return the filters
     */
    public static TrustedFilters of(GitRepository repository, String digest) {
        TrustedFilters now = of(repository);
        return now.digest().equals(digest) ? now : new TrustedFilters(Map.of(), false);
    }

    /**
     * Tells this snapshot from others, and nothing of what is configured.
     *
     * @return a checksum in hexadecimal digits
     */
    public String digest() {
        try {
            byte[] text = new TreeMap<>(trusted).toString().getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * Settings that make git in a checkout run these filters and no other, given over what is configured there by now.
     *
     * @param gitDirectory the checkout's administrative directory; for the main worktree the common one
     * @return keys and values; empty: a trusted driver was given a process since, which git would prefer to the trusted
     *     command and which no setting can take back; or it is not known what is to be trusted
     * @throws GitCommandException if the configuration cannot be read
     */
    public Optional<Map<String, String>> overrides(Path gitDirectory) {
        Map<String, String> now = configured(Git.in(gitDirectory, gitDirectory));
        if (!known && !now.isEmpty()) {
            return Optional.empty();
        }
        Set<String> keys = new TreeSet<>(now.keySet());
        keys.addAll(trusted.keySet());
        Map<String, String> settings = new LinkedHashMap<>();
        for (String key : keys) {
            String value = trusted.get(key);
            if (value == null && isProcessOfTrusted(key)) {
                return Optional.empty();
            }
            settings.put(key, value == null ? unset(key) : value);
        }
        return Optional.of(settings);
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
