package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.InvalidNameException;
import io.github.espalier.worktree.UnknownRevisionException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Turns what a caller calls a commit into one. */
public final class Revisions {
    private static final Pattern OBJECT_ID = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

    private Revisions() {}

    /**
     * A commit and its tree.
     *
     * @param id the commit's id, in full
     * @param tree its tree's id, in full
     */
    record Commit(String id, String tree) {}

    /** Refuses what git could read as an option, or as more than one line of input. */
    public static void check(String revision) {
        if (revision.isBlank()) {
            throw new InvalidNameException(revision, "a revision is missing; give a branch, a tag or a commit id");
        }
        if (revision.startsWith("-")) {
            throw new InvalidNameException(revision, "a revision cannot start with \"-\"");
        }
        if (revision.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidNameException(revision, "a revision cannot have control characters");
        }
    }

    /** Resolves all revisions with one process. They go in by standard input, where nothing is read as an option. */
    static List<Commit> resolve(Git git, String... revisions) {
        List<String> lines = command(git).input(request(revisions)).run().lines();
        return commits(lines, revisions);
    }

    /** The command that answers {@linkplain #request requests}, by two lines for each revision. */
    static GitCommand command(Git git) {
        return git.command("cat-file", "--batch-check=%(objectname)");
    }

    /** What to ask for some revisions. */
    static String request(String... revisions) {
        StringBuilder input = new StringBuilder();
        for (String revision : revisions) {
            input.append(revision).append("^{commit}\n").append(revision).append("^{commit}^{tree}\n");
        }
        return input.toString();
    }

    /** What the answer to a request says. */
    static List<Commit> commits(List<String> lines, String... revisions) {
        List<Commit> commits = new ArrayList<>();
        for (int i = 0; i < revisions.length; i++) {
            String id = lines.get(2 * i);
            String tree = lines.get(2 * i + 1);
            if (!OBJECT_ID.matcher(id).matches() || !OBJECT_ID.matcher(tree).matches()) {
                throw new UnknownRevisionException(revisions[i]);
            }
            commits.add(new Commit(id, tree));
        }
        return commits;
    }
}
