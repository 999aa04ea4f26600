package io.github.espalier.worktree.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What differs between two commits, held against the files of a checkout.
 *
 * @param directory the checkout
 * @param added paths that only the second commit has
 * @param deleted paths that only the first one has
 * @param changed paths that both have
 * @param links paths at which the first commit has the link to a nested repository and the second something else
 */
record TreeChanges(Path directory, List<String> added, Set<String> deleted, List<String> changed, Set<String> links) {
    static TreeChanges between(Git git, Path directory, String from, String to) {
        TreeChanges changes =
                new TreeChanges(directory, new ArrayList<>(), new HashSet<>(), new ArrayList<>(), new HashSet<>());
        for (TreeDifference difference : TreeDifference.byGit(git, from, to)) {
            String path = difference.path();
            if (difference.isAddition()) {
                changes.added.add(path);
            } else if (difference.isDeletion()) {
                changes.deleted.add(path);
            } else {
                changes.changed.add(path);
            }
            boolean isGitlink = difference.mode().equals(TreeDifference.GITLINK);
            if (difference.modeBefore().equals(TreeDifference.GITLINK) && !isGitlink) {
                changes.links.add(path);
            }
        }
        return changes;
    }

    boolean isEmpty() {
        return added.isEmpty() && deleted.isEmpty() && changed.isEmpty();
    }

    boolean contains(String path) {
        return added.contains(path) || deleted.contains(path) || changed.contains(path);
    }

    /**
     * Files of nobody's but the user's that git would not spare: it takes ignored files for expendable, which a person's
     * {@code .env} is not, and replaces a nested repository with all its history by a file.
     */
    List<String> covered() {
        List<String> covered =
                new ArrayList<>(added.stream().filter(this::isCovered).toList());
        links.stream()
                .filter(path -> !deleted.contains(path) && isOccupied(path))
                .forEach(covered::add);
        return covered;
    }

    private boolean isCovered(String path) {
        Path file = directory.resolve(path);
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            return !becomesFree(path);
        }
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return true;
        }
        for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
            String parent = path.substring(0, slash);
            if (links.contains(parent) && isOccupied(parent)) {
                return true;
            }
            Path above = directory.resolve(parent);
            if (Files.exists(above, LinkOption.NOFOLLOW_LINKS)
                    && !Files.isDirectory(above, LinkOption.NOFOLLOW_LINKS)) {
                return !deleted.contains(parent);
            }
        }
        return false;
    }

    /** Whether a directory holds files of the first commit and no other. */
    private boolean becomesFree(String path) {
        if (deleted.stream().noneMatch(gone -> gone.startsWith(path + "/"))) {
            return false;
        }
        try (var files = Files.walk(directory.resolve(path))) {
            return files.filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
                    .map(file -> directory.relativize(file).toString().replace('\\', '/'))
                    .allMatch(deleted::contains);
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    private boolean isOccupied(String path) {
        Path file = directory.resolve(path);
        if (!Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (var entries = Files.newDirectoryStream(file)) {
            return entries.iterator().hasNext();
        } catch (IOException e) {
            return true;
        }
    }
}
