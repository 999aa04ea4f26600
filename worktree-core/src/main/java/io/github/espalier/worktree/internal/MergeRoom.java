package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.WorktreeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code git merge-tree} finds around it while it merges: a folder of our own in the place of a working tree.
 *
 * <p>git (up to 2.40 in any way, later by default) reads {@code .gitattributes} from the working tree it is started in.
 * {@code git merge} has our side checked out there. To give its result, and not that of whatever a checkout has at the
 * moment, the folder holds our side's attribute files, and {@code .gitmodules}, by which git finds the repositories of
 * submodules. It also holds the configuration that switches off merge drivers and filters that are not allowed.
 */
final class MergeRoom implements AutoCloseable {
    /** Longer than any attribute file that git reads. */
    private static final int LONGEST_FILE = 100 << 20;

    private final TemporaryFolder folder;

    private MergeRoom(TemporaryFolder folder) {
        this.folder = folder;
    }

    /**
     * Makes one.
     *
     * @param attributes the content of our side's attribute files by their paths
     * @param configuration settings that win over the repository's
     */
    static MergeRoom open(Map<String, byte[]> attributes, String configuration) {
        return new MergeRoom(TemporaryFolder.create("espalier-merge", "for a merge", directory -> {
            Path workTree = Files.createDirectory(workTree(directory));
            write(attributes, workTree);
            Files.writeString(configuration(directory), configuration);
        }));
    }

    private static Path workTree(Path directory) {
        return directory.resolve("tree");
    }

    /** A command of git's that finds this room around it. */
    GitCommand command(GitRepository repository, String... arguments) {
        return Git.in(repository.commonDirectory(), workTree(folder.directory()))
                .fetching(repository)
                .command(arguments)
                .config("include.path", configuration(folder.directory()).toString());
    }

    /** A file for {@code include.path}: read after the repository's own, so that it wins. */
    private static Path configuration(Path directory) {
        return directory.resolve("config");
    }

    private static void write(Map<String, byte[]> attributes, Path workTree) throws IOException {
        for (Map.Entry<String, byte[]> file : attributes.entrySet()) {
            Optional<Path> place = place(file.getKey(), workTree);
            if (file.getValue().length < LONGEST_FILE && place.isPresent()) {
                Files.createDirectories(
                        Optional.ofNullable(place.get().getParent()).orElse(workTree));
                Files.write(place.get(), file.getValue());
            }
        }
    }

    /** Where a file goes; nowhere if its path, which a stranger may have made up, leads out of the folder. */
    private static Optional<Path> place(String path, Path workTree) {
        String unnameable = "the folder of " + path + " cannot be named here, so that its attributes would be missed:"
                + " run Java with a UTF-8 locale (LC_ALL=C.UTF-8)";
        if (path.indexOf('\uFFFD') >= 0) {
            throw new WorktreeException(unnameable);
        }
        try {
            Path place = workTree.resolve(path);
            boolean inside = place.normalize().equals(place) && place.startsWith(workTree);
            return inside ? Optional.of(place) : Optional.empty();
        } catch (InvalidPathException e) {
            throw new WorktreeException(unnameable, e);
        }
    }

    @Override
    public void close() {
        folder.close();
    }
}
