package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.WorktreeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What {@code git merge-tree} finds around it while it merges: a folder of our own in the place of a working tree.
 *
 * <p>git (up to 2.40 in any way, later by default) reads {@code .gitattributes} from the working tree it is started in.
 * {@code git merge} has our side checked out there. To give its result, and not that of whatever a checkout has at the
 * moment, the folder holds our side's attribute files, and {@code .gitmodules}, by which git finds the repositories of
 * submodules. It also holds the configuration, without merge drivers and filters that are not allowed.
 *
 * <p>What is written is written only where it changes: some repositories have hundreds of attribute files. Not thread-safe.
 */
final class MergeRoom implements AutoCloseable {
    /** Longer than any attribute file that git reads. */
    private static final int LONGEST_FILE = 100 << 20;

    private static final String TREE = "tree";
    private static final String COMMON = "common";

    private final RoomFolder folder;
    private final OwnCommonDirectory common;
    private AttributeFiles attributes = AttributeFiles.NONE;
    private @Nullable Configuration configuration;

    private MergeRoom(RoomFolder folder, Path commonDirectory) {
        this.folder = folder;
        common = new OwnCommonDirectory(folder.directory().resolve(COMMON), commonDirectory);
    }

    /** Makes one that holds nothing. */
    static MergeRoom open(GitRepository repository) {
        RoomFolder folder = RoomFolder.create(repository, RoomFolder.MERGES, "for a merge", directory -> {
            Files.createDirectory(directory.resolve(TREE));
            new OwnCommonDirectory(Files.createDirectory(directory.resolve(COMMON)), repository.commonDirectory())
                    .make();
        });
        return new MergeRoom(folder, repository.commonDirectory());
    }

    private Path workTree() {
        return folder.directory().resolve(TREE);
    }

    /** A command of git's that finds this room around it. */
    GitCommand command(GitRepository repository, String... arguments) {
        GitCommand command = Git.in(repository.commonDirectory(), workTree())
                .fetching(repository)
                .command(arguments);
        common.environment().forEach(command::environment);
        return command;
    }

    boolean holds(AttributeFiles files, Configuration settings) {
        return attributes.equals(files) && settings.equals(configuration);
    }

    /**
     * Brings it to other files and settings. Where that fails, it is of no more use.
     *
     * @param files our side's attribute files
     * @param contents their contents by their paths; a file whose content is not there is left out
     * @param settings what is configured
     */
    void furnish(AttributeFiles files, Supplier<Map<String, byte[]>> contents, Configuration settings) {
        try {
            if (!attributes.equals(files)) {
                write(files, contents.get());
                attributes = files;
            }
            if (!settings.equals(configuration)) {
                common.configure(settings);
                configuration = settings;
            }
        } catch (IOException e) {
            throw new WorktreeException("no room for a merge in " + folder.directory() + ": " + e, e);
        }
    }

    private void write(AttributeFiles files, Map<String, byte[]> contents) throws IOException {
        for (Map.Entry<String, String> old : attributes.files().entrySet()) {
            if (!files.files().entrySet().contains(old)) {
                delete(old.getKey());
            }
        }
        for (Map.Entry<String, String> file : files.files().entrySet()) {
            byte[] content = contents.get(file.getKey());
            boolean present = attributes.files().entrySet().contains(file);
            if (!present && content != null && content.length < LONGEST_FILE) {
                write(file.getKey(), content);
            }
        }
    }

    private void write(String path, byte[] content) throws IOException {
        Optional<Path> place = place(path);
        if (place.isPresent()) {
            Files.createDirectories(Optional.ofNullable(place.get().getParent()).orElse(workTree()));
            Files.write(place.get(), content);
        }
    }

    /** With the folders that become empty: their names may be files' in another tree. */
    private void delete(String path) throws IOException {
        Optional<Path> gone = place(path);
        if (gone.isEmpty() || !Files.deleteIfExists(gone.get())) {
            return;
        }
        Path above = gone.get().getParent();
        while (above != null && !workTree().equals(above) && isEmpty(above)) {
            Files.delete(above);
            above = above.getParent();
        }
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (var entries = Files.newDirectoryStream(directory)) {
            return !entries.iterator().hasNext();
        }
    }

    /** Where a file goes; nowhere if its path, which a stranger may have made up, leads out of the folder. */
    private Optional<Path> place(String path) {
        String unnameable = "the folder of " + path + " cannot be named here, so that its attributes would be missed:"
                + " run Java with a UTF-8 locale (LC_ALL=C.UTF-8)";
        if (path.indexOf('\uFFFD') >= 0) {
            throw new WorktreeException(unnameable);
        }
        try {
            Path place = workTree().resolve(path);
            boolean inside = place.normalize().equals(place) && place.startsWith(workTree());
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
