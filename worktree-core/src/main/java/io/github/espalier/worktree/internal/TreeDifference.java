package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.GitCommandException;
import io.github.espalier.worktree.GitRepository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A path at which two commits' or trees' files differ. Modes are in octal digits; zeros: nothing stands there.
 *
 * @param modeBefore in the first
 * @param mode in the second
 * @param id of what stands there in the second
 * @param rawPath its bytes, one a character: a name need not be UTF-8
 */
record TreeDifference(String modeBefore, String mode, String id, String rawPath) {
    static final String NOTHING = "000000";
    static final String LINK = "120000";
    static final String GITLINK = "160000";

    private static final String ATTRIBUTES = ".gitattributes";

    /**
     * All that differ, read in this process where that can be.
     *
     * @throws GitCommandException if one of the two is not there
     */
    static List<TreeDifference> between(GitRepository repository, String from, String to) {
        return LocalObjects.differences(repository, from, to).orElseGet(() -> byGit(Git.of(repository), from, to));
    }

    /**
     * The same with what git puts in the place of objects that are replaced.
     *
     * @throws GitCommandException if one of the two is not there
     */
    static List<TreeDifference> asGitSees(GitRepository repository, String from, String to) {
        try {
            return RefFiles.hasBelow(repository.commonDirectory(), "refs/replace")
                    ? byGit(Git.of(repository), from, to)
                    : between(repository, from, to);
        } catch (IOException e) {
            return byGit(Git.of(repository), from, to);
        }
    }

    /** The same as git sees it, which puts other objects in the place of those that are replaced. */
    static List<TreeDifference> byGit(Git git, String from, String to) {
        GitResult listed = git.command(
                        "diff-tree",
                        "-r",
                        "-z",
                        "--raw",
                        "--no-renames",
                        "--no-ext-diff",
                        "--ignore-submodules=none",
                        from,
                        to)
                .run();
        // Each is ":mode mode id id status" and, after a NUL, the path.
        String[] fields = new String(listed.bytes(), StandardCharsets.ISO_8859_1).split("\0", -1);
        List<TreeDifference> differences = new ArrayList<>();
        for (int i = 0; i + 1 < fields.length; i += 2) {
            String[] words = fields[i].substring(1).split(" ", -1);
            differences.add(new TreeDifference(words[0], words[1], words[3], fields[i + 1]));
        }
        return differences;
    }

    String path() {
        return new String(rawPath.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /** Whether it says how other files are written. */
    boolean isOfAttributes() {
        String small = rawPath.toLowerCase(Locale.ROOT); // as some file systems take it
        return small.equals(ATTRIBUTES) || small.endsWith("/" + ATTRIBUTES);
    }

    boolean isAddition() {
        return modeBefore.equals(NOTHING);
    }

    boolean isDeletion() {
        return mode.equals(NOTHING);
    }
}
