package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.Worktree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Optional;

/**
 * A git directory of our own beside the repository's objects: its configuration names no program and its attributes, which
 * win over any other, turn every conversion off. So git can walk and store a worktree's files, whatever their names, and
 * nothing that an agent configured takes part. Not thread-safe.
 */
final class RescueRoom implements AutoCloseable {
    private static final String RAW = "* -text -crlf -eol -filter -ident -working-tree-encoding\n";

    private final GitRepository repository;
    private final Optional<String> excludesFile;
    private final RoomFolder folder;
    private final Path room;
    private final Quarantine quarantine;

    RescueRoom(GitRepository repository) throws IOException {
        this.repository = repository;
        excludesFile = excludesFile(repository);
        folder = RoomFolder.create(repository);
        room = folder.directory();
        try {
            quarantine = Quarantine.create(
                    room.resolve("objects"), repository.commonDirectory().resolve("objects"));
            furnish();
        } catch (IOException | RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    private void furnish() throws IOException {
        Files.createDirectories(room.resolve("info"));
        Files.createDirectories(room.resolve("refs"));
        Files.createDirectories(emptyFolder());
        Files.writeString(room.resolve("HEAD"), "ref: refs/heads/none\n");
        boolean posix = room.getFileSystem().supportedFileAttributeViews().contains("posix");
        Files.writeString(room.resolve("config"), configuration(posix));
        Files.writeString(room.resolve("info/attributes"), RAW);
        Path exclude = repository.commonDirectory().resolve("info/exclude");
        if (Files.isRegularFile(exclude)) {
            Files.copy(exclude, room.resolve("info/exclude"));
        }
    }

    /** Puts into the repository what was stored here and is not there. */
    void handOver() throws IOException {
        quarantine.handOver();
    }

    /** A place for git to run in where a worktree has none any more. */
    Path emptyFolder() {
        return room.resolve("empty");
    }

    /**
     * The worktree may be removed as soon as it is rescued, so objects are on the disk before the ref is: git by itself leaves
     * loose ones to the system.
     */
    private String configuration(boolean posix) {
        boolean sha1 = repository.objectFormat().equals("sha1");
        return "[core]\n\trepositoryformatversion = " + (sha1 ? 0 : 1) + "\n\tbare = false\n\tfilemode = " + posix
                + "\n\tsymlinks = " + posix + "\n\tautocrlf = false\n\tsafecrlf = false\n\tuntrackedCache = false\n"
                + "\tsparseCheckout = true\n\tfsync = committed,loose-object\n\tfsyncMethod = batch\n"
                + (sha1 ? "" : "[extensions]\n\tobjectFormat = " + repository.objectFormat() + "\n");
    }

    /** Starts with the worktree's index, whose time tells git which files it must read again. */
    boolean takeIndex(Worktree worktree, Path directory) throws IOException {
        Path index = worktree.gitDirectory().resolve("index");
        if (!Files.isRegularFile(index)) {
            return false;
        }
        Files.copy(
                index, room.resolve("index"), StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
        try (var shared = Files.newDirectoryStream(worktree.gitDirectory(), "sharedindex.*")) {
            for (Path part : shared) {
                Files.copy(part, room.resolve(part.getFileName().toString()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        if (git(directory, "index", "ls-files", "-s").accept(1, 128).run().exitCode() == 0) {
            return true;
        }
        Files.delete(room.resolve("index"));
        return false;
    }

    void copyIndex(String name) throws IOException {
        if (Files.exists(room.resolve("index"))) {
            Files.copy(room.resolve("index"), room.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    /** Git over a folder's files, with one of the room's indexes. */
    GitCommand git(Path files, String index, String... arguments) {
        GitCommand command = Git.in(room, files)
                .offline()
                .command(arguments)
                .environment("GIT_INDEX_FILE", room.resolve(index).toString())
                .environment("GIT_CONFIG_NOSYSTEM", "1")
                .environment("GIT_CONFIG_GLOBAL", "/dev/null")
                .environment("GIT_ATTR_NOSYSTEM", "1");
        excludesFile.ifPresent(file -> command.config("core.excludesFile", file));
        return command;
    }

    private static Optional<String> excludesFile(GitRepository repository) {
        String file = Git.of(repository)
                .offline()
                .command("config", "--type=path", "--get", "core.excludesFile")
                .accept(1)
                .run()
                .line();
        return Optional.of(file).filter(name -> !name.isEmpty());
    }

    static byte[] bytes(String raw) {
        return raw.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Output as text of which every character is a byte: a path need not be UTF-8. */
    static String raw(GitResult result) {
        return new String(result.bytes(), StandardCharsets.ISO_8859_1);
    }

    /** Makes the next {@code add} read and store every file anew, also those that seem to be as they were. */
    void distrustIndex() throws IOException {
        if (Files.exists(room.resolve("index"))) {
            Files.setLastModifiedTime(room.resolve("index"), FileTime.fromMillis(1000));
        }
    }

    @Override
    public void close() {
        folder.close();
    }
}
