package io.github.espalier.worktree;

import io.github.espalier.worktree.internal.Git;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How commits are signed: as git was configured when this was taken, before any instance could change that, since signing
 * runs the program that the configuration names. Immutable and thread-safe.
 */
public final class Signing {
    private static final String RELATED = "^(gpg\\..*|user\\.signingkey)$";
    /** What git does where nothing is configured, so that what was not configured then cannot be configured later. */
    private static final Map<String, String> DEFAULTS = Map.of(
            "gpg.format", "openpgp",
            "gpg.program", "gpg",
            "gpg.openpgp.program", "gpg",
            "gpg.x509.program", "gpgsm",
            "gpg.ssh.program", "ssh-keygen",
            "gpg.ssh.defaultkeycommand", "false");

    private static final Signing NONE = new Signing(Map.of());

    private final Map<String, String> settings;

    private Signing(Map<String, String> settings) {
        this.settings = Map.copyOf(settings);
    }

    /**
     * Signs nothing.
     *
     * @return the signing
     */
    public static Signing none() {
        return NONE;
    }

    /**
     * Signs as git is configured now: {@code gpg.format}, {@code user.signingKey} and the like; without a key configured, with
     * the committer's.
     *
     * @param repository the repository
     * @return the signing
     * @throws GitCommandException if the configuration cannot be read
     */
    public static Signing configuredIn(GitRepository repository) {
        Map<String, String> configured = new LinkedHashMap<>();
        Git.of(repository)
                .command("config", "-z", "--get-regexp", RELATED)
                .accept(1)
                .run()
                .nulSeparated()
                .forEach(entry -> {
                    int end = entry.indexOf('\n');
                    if (end > 0) {
                        configured.put(entry.substring(0, end), entry.substring(end + 1));
                    }
                });
        Map<String, String> settings = new LinkedHashMap<>(DEFAULTS);
        if (configured.containsKey("gpg.program")) {
            settings.put("gpg.openpgp.program", configured.get("gpg.program"));
        }
        settings.putAll(configured);
        return new Signing(settings);
    }

    /**
     * Whether anything is signed.
     *
     * @return false for {@link #none}
     */
    public boolean signs() {
        return !settings.isEmpty();
    }

    /**
     * The settings to sign by, given over what is configured by then.
     *
     * @return keys and values
     */
    public Map<String, String> settings() {
        return settings;
    }
}
