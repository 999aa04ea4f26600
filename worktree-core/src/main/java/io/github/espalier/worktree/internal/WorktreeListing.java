package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.Worktree;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What stands in the way of a commit of all that a worktree holds, by one look at its index and at what lies beside it.
 *
 * @param unmerged whether some path has a conflict that is not resolved
 * @param submodules paths of those with a repository in their place, which git would run programs in
 * @param nested the first repository that the index does not know of, with a slash at the end
 */
record WorktreeListing(boolean unmerged, List<String> submodules, Optional<String> nested) {
    private static final String OTHER = "? ";
    private static final String SUBMODULE = " 160000 ";

    static WorktreeListing read(Worktree worktree) {
        boolean unmerged = false;
        List<String> submodules = new ArrayList<>();
        Optional<String> nested = Optional.empty();
        for (String entry : Git.in(worktree)
                .command("ls-files", "-z", "-t", "--stage", "--others", "--exclude-standard")
                .run()
                .nulSeparated()) {
            int tab = entry.indexOf('\t');
            if (entry.startsWith(OTHER)) {
                nested = nested.or(
                        () -> Optional.of(entry.substring(OTHER.length())).filter(path -> path.endsWith("/")));
            } else if (tab > 0) {
                String path = entry.substring(tab + 1);
                unmerged |= entry.charAt(tab - 1) != '0';
                if (entry.startsWith(SUBMODULE, 1) && isRepository(worktree.directory(), path)) {
                    submodules.add(path);
                }
            }
        }
        return new WorktreeListing(unmerged, List.copyOf(submodules), nested);
    }

    private static boolean isRepository(Path root, String path) {
        try {
            return Files.exists(root.resolve(path).resolve(".git"), LinkOption.NOFOLLOW_LINKS);
        } catch (InvalidPathException e) {
            return true; // it cannot be looked at
        }
    }
}
