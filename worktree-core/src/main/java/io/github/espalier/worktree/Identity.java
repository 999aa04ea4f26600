package io.github.espalier.worktree;

import io.github.espalier.worktree.internal.Git;
import java.util.HashMap;
import java.util.Map;

/**
 * Who a commit says it is by.
 *
 * @param name the name; no {@code <}, {@code >}, line break or NUL
 * @param email the address; likewise
 */
public record Identity(String name, String email) {
    /** What commits say where neither the host nor git's configuration names anybody. */
    public static final Identity DEFAULT = new Identity("Espalier", "espalier@localhost");

    /**
     * Checks the parts.
     *
     * @param name as for the record
     * @param email as for the record
     * @throws InvalidNameException if a part is blank or has a character that git would drop
     */
    public Identity {
        check(name);
        check(email);
    }

    private static void check(String part) {
        if (part.isBlank() || part.chars().anyMatch(c -> c == '<' || c == '>' || c < ' ')) {
            throw new InvalidNameException(
                    part, "an identity needs a name and an address without angle brackets and control characters");
        }
    }

    /**
     * The identity that git would commit with in a repository ({@code GIT_COMMITTER_NAME}, {@code user.name} and so on), or
     * {@link #DEFAULT} where that is not configured: a machine without {@code user.name} works.
     *
     * @param repository the repository
     * @return the identity
     */
    public static Identity configuredIn(GitRepository repository) {
        Map<String, String> configured = new HashMap<>();
        Git.of(repository)
                .command("config", "-z", "--get-regexp", "^user\\.(name|email)$")
                .accept(1)
                .run()
                .nulSeparated()
                .forEach(entry -> {
                    String[] keyAndValue = entry.split("\n", 2);
                    configured.put(keyAndValue[0], keyAndValue.length == 2 ? keyAndValue[1] : "");
                });
        return new Identity(
                one("GIT_COMMITTER_NAME", configured.getOrDefault("user.name", ""), DEFAULT.name),
                one("GIT_COMMITTER_EMAIL", configured.getOrDefault("user.email", ""), DEFAULT.email));
    }

    private static String one(String variable, String configured, String otherwise) {
        String value = System.getenv(variable);
        String clean = (value == null || value.isBlank() ? configured : value)
                .replaceAll("[<>\\p{Cntrl}]", "")
                .strip();
        return clean.isEmpty() ? otherwise : clean;
    }
}
