package io.github.espalier.worktree;

import io.github.espalier.worktree.internal.Git;

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
        Git git = Git.of(repository);
        String name = configured(git, "GIT_COMMITTER_NAME", "user.name", DEFAULT.name);
        String email = configured(git, "GIT_COMMITTER_EMAIL", "user.email", DEFAULT.email);
        return new Identity(name, email);
    }

    private static String configured(Git git, String variable, String key, String otherwise) {
        String value = System.getenv(variable);
        if (value == null || value.isBlank()) {
            value = git.command("config", "--get", key).accept(1).run().line();
        }
        String clean = value.replaceAll("[<>\\p{Cntrl}]", "").strip();
        return clean.isEmpty() ? otherwise : clean;
    }
}
