package io.github.espalier.worktree;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version of a git program.
 *
 * @param major the first number
 * @param minor the second
 * @param patch the third; 0 where there is none
 */
public record GitVersion(int major, int minor, int patch) implements Comparable<GitVersion> {
    /** The oldest version that this library works with: the first with {@code merge-tree --write-tree}. */
    public static final GitVersion OLDEST = new GitVersion(2, 38, 0);

    private static final Pattern NUMBERS = Pattern.compile("(\\d+)\\.(\\d+)(?:\\.(\\d+))?");

    /**
     * Reads what {@code git --version} prints.
     *
     * @param text the line, as in {@code git version 2.39.5 (Apple Git-154)}
     * @return the version
     * @throws WorktreeException if the line holds none
     */
    public static GitVersion parse(String text) {
        Matcher matcher = NUMBERS.matcher(text);
        if (!matcher.find()) {
            throw new WorktreeException(
                    "\"" + text.strip() + "\" names no git version: is the program on PATH really git?");
        }
        String patch = matcher.group(3);
        return new GitVersion(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                patch == null ? 0 : Integer.parseInt(patch));
    }

    @Override
    public int compareTo(GitVersion other) {
        int byMajor = Integer.compare(major, other.major);
        int byMinor = byMajor != 0 ? byMajor : Integer.compare(minor, other.minor);
        return byMinor != 0 ? byMinor : Integer.compare(patch, other.patch);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
