package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.GitRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A git directory of our own over a repository's objects, for commands that would else go by its configuration and
 * attributes: {@code git blame} runs converters that they name, and fails where {@code blame.ignoreRevsFile} names a file
 * that is not where it is started.
 */
final class ObjectRoom implements AutoCloseable {
    private final GitRepository repository;
    private final RoomFolder folder;

    private ObjectRoom(GitRepository repository, RoomFolder folder) {
        this.repository = repository;
        this.folder = folder;
    }

    static ObjectRoom open(GitRepository repository) {
        return new ObjectRoom(
                repository,
                RoomFolder.create(
                        repository, RoomFolder.OBJECTS, "to read", directory -> furnish(repository, directory)));
    }

    private static void furnish(GitRepository repository, Path directory) throws IOException {
        boolean sha1 = repository.objectFormat().equals("sha1");
        Files.createDirectory(directory.resolve("refs"));
        Files.writeString(directory.resolve("HEAD"), "ref: refs/heads/none\n");
        Files.writeString(
                directory.resolve("config"),
                "[core]\n\trepositoryformatversion = " + (sha1 ? 0 : 1) + "\n\tbare = true\n"
                        + (sha1 ? "" : "[extensions]\n\tobjectFormat = " + repository.objectFormat() + "\n"));
    }

    /** Git on the objects, with paths taken as they are; nothing is fetched. */
    GitCommand git(List<String> arguments) {
        return Git.of(folder.directory())
                .offline()
                .command(arguments)
                .environment(
                        "GIT_OBJECT_DIRECTORY",
                        repository.commonDirectory().resolve("objects").toString())
                .environment(
                        "GIT_SHALLOW_FILE",
                        repository.commonDirectory().resolve("shallow").toString())
                .environment("GIT_CONFIG_NOSYSTEM", "1")
                .environment("GIT_CONFIG_GLOBAL", "/dev/null")
                .environment("GIT_ATTR_NOSYSTEM", "1")
                .environment("GIT_LITERAL_PATHSPECS", "1");
    }

    @Override
    public void close() {
        folder.close();
    }
}
