package io.github.espalier.separator;

import io.github.espalier.separator.internal.TreeIndex;
import io.github.espalier.separator.internal.TreeReader;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The files of a project at one commit: what the names in specifications are resolved against. Immutable. */
public interface ProjectTree {
    /**
     * Reads a commit's tree.
     *
     * @param repository a path in a git repository
     * @param revision the commit, in any of git's ways to name it
     * @return the tree
     * @throws SeparationException if there is no such repository or commit, or its objects are of a format JGit cannot read
     */
    static ProjectTree of(Path repository, String revision) {
        return TreeReader.read(repository, revision);
    }

    /**
     * A tree of paths that the caller knows.
     *
     * @param paths files, relative to the root, with slashes
     * @return the tree
     */
    static ProjectTree of(Collection<String> paths) {
        return of(paths, Map.of());
    }

    /**
     * A tree of paths that the caller knows.
     *
     * @param paths files and symbolic links, relative to the root, with slashes
     * @param links what the links among them point to, as it stands in them
     * @return the tree
     */
    static ProjectTree of(Collection<String> paths, Map<String, String> links) {
        return new TreeIndex(paths, links);
    }

    /**
     * A project without files: every path is a creation.
     *
     * @return the tree
     */
    static ProjectTree empty() {
        return of(Set.of());
    }

    /**
     * Whether a path is a file.
     *
     * @param path relative to the root
     * @return true for files and symbolic links
     */
    boolean isFile(String path);

    /**
     * Whether a path is a directory.
     *
     * @param path relative to the root, without a trailing slash
     * @return true if a file lies in it
     */
    boolean isDirectory(String path);

    /**
     * The files whose path ends in a path: a bare name, or a name with some of its directories.
     *
     * @param end for example {@code Main.java} or {@code util/Main.java}
     * @return the whole paths
     */
    Set<String> endingIn(String end);

    /**
     * The files that may hold a Java class.
     *
     * @param name simple or fully qualified
     * @return the whole paths
     */
    Set<String> ofClass(String name);

    /**
     * Whether some file has an extension.
     *
     * @param extension without the dot
     * @return whether it is in use here
     */
    boolean usesExtension(String extension);

    /**
     * Where a path leads if a symbolic link is on its way.
     *
     * @param path relative to the root
     * @return the path behind the link; empty: there is no link on the way, or it leads out of the project
     */
    Optional<String> behindLinks(String path);
}
