package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.TrustedConfiguration;
import io.github.espalier.worktree.Worktree;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A merge that {@code git merge} left unmerged in a worktree.
 *
 * @param git git in the worktree, by a configuration that somebody vouches for
 * @param ours our side
 * @param theirs their side
 * @param left mode and id of each file that the merge left otherwise than it is on our side, with markers; no ref holds these
 *     objects
 */
public record UnresolvedMerge(Git git, String ours, String theirs, Map<String, String> left) {
    public UnresolvedMerge {
        left = Map.copyOf(left);
    }

    /** Merges, and takes down what that left. */
    public static UnresolvedMerge begin(
            GitRepository repository,
            TrustedConfiguration configuration,
            Worktree worktree,
            String ours,
            String theirs) {
        Git git = Git.in(worktree)
                .fetching(repository)
                .trusting(((ConfigurationSnapshot) configuration).withoutMergeDrivers());
        git.command("merge", "--no-commit", "--no-ff", "--no-verify", "--quiet", theirs)
                .accept(1)
                .run();
        UnresolvedMerge merge = new UnresolvedMerge(git, ours, theirs, Map.of());
        // What the index says of unmerged paths is needed later, so that it is put back.
        Set<String> unmerged = merge.unmerged();
        String index = git.command("ls-files", "-z", "--stage").run().text();
        Map<String, String> left = merge.add();
        if (!unmerged.isEmpty()) {
            String zeros = "0".repeat(ours.length());
            String removals = unmerged.stream()
                    .map(path -> "0 " + zeros + "\t" + path + "\0")
                    .collect(Collectors.joining());
            git.command("update-index", "-z", "--index-info")
                    .input(removals + index)
                    .run();
        }
        return new UnresolvedMerge(git, ours, theirs, left);
    }

    /** The paths that the index has more than one side of. */
    Set<String> unmerged() {
        Set<String> paths = new HashSet<>();
        for (String entry : git.command("ls-files", "-z", "--unmerged").run().nulSeparated()) {
            if (!entry.isEmpty()) {
                paths.add(entry.substring(entry.indexOf('\t') + 1));
            }
        }
        return paths;
    }

    /** Stores the files as they are; returns mode and id of each that is not as it is on our side. */
    Map<String, String> add() {
        git.command("add", "-A", "--sparse", ".").run();
        Map<String, String> files = new HashMap<>();
        List<String> entries = git.command("diff-index", "--cached", "-z", "--no-renames", "--no-ext-diff", ours)
                .run()
                .nulSeparated();
        for (int i = 0; i + 1 < entries.size(); i += 2) { // :100644 100644 <id> <id> M, and then the path
            String[] fields = entries.get(i).split(" ", -1);
            files.put(entries.get(i + 1), fields[1] + " " + fields[3]);
        }
        return files;
    }

    /** The tree of what was stored last. */
    String tree() {
        return git.command("write-tree").run().line();
    }
}
