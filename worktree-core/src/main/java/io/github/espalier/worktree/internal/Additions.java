package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.WorktreeException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Worktrees that are being added, each written down before it is begun: whoever is killed meanwhile, git or this process,
 * leaves a registration that is locked as {@code initializing}, that names no commit, and that nobody else could tell to be
 * ours. Guarded by the lock of the repository.
 */
public final class Additions {
    private static final Logger log = LoggerFactory.getLogger(Additions.class);
    private static final String FOLDER = "adding";
    static final String INITIALIZING = "initializing";

    private final GitRepository repository;
    private final Path folder;
    private final Trash trash;

    Additions(GitRepository repository, Trash trash) {
        this.repository = repository;
        this.trash = trash;
        folder = repository.stateDirectory().resolve(FOLDER);
    }

    /**
     * Lets git work again in a repository where an addition of ours was killed while git wrote {@code commondir}: git reads
     * that file of every registration, and every command fails where it is empty. What is written is what git was about to
     * write, so this does no harm where git is still at it.
     *
     * @param stateDirectory of the repository
     */
    public static void letGitWork(Path commonDirectory, Path stateDirectory) {
        Path folder = stateDirectory.resolve(FOLDER);
        Path worktrees = commonDirectory.resolve("worktrees");
        if (!Files.isDirectory(folder) || !Files.isDirectory(worktrees)) {
            return;
        }
        try (DirectoryStream<Path> notes = Files.newDirectoryStream(folder)) {
            for (Path note : notes) {
                String dotGit = Path.of(Files.readString(note)).resolve(".git").toString();
                try (DirectoryStream<Path> admins = Files.newDirectoryStream(worktrees)) {
                    for (Path admin : admins) {
                        Path common = admin.resolve("commondir");
                        if (AdminDirectories.text(admin.resolve("gitdir")).equals(dotGit)
                                && isInitializing(admin)
                                && Files.exists(common)
                                && Files.size(common) == 0) {
                            Files.writeString(common, "../..\n");
                        }
                    }
                }
            }
        } catch (IOException e) {
            log.atWarn().addKeyValue("folder", folder).setCause(e).log("Cannot look for interrupted additions");
        }
    }

    /** Notes that a worktree is about to be added; returns the note. */
    Path begin(Path directory) {
        Path note = folder.resolve(UUID.randomUUID().toString());
        try {
            Files.createDirectories(folder);
            return Files.writeString(note, directory.toString());
        } catch (IOException e) {
            throw new WorktreeException(note + ": cannot be written (" + e + "); make the folder writable", e);
        }
    }

    /** It was added, or git has taken it back. One that is only half made stays noted. */
    void end(Path note) {
        try {
            if (halfMade(Path.of(Files.readString(note))).isEmpty()) {
                Files.deleteIfExists(note);
            }
        } catch (IOException e) {
            log.atWarn().addKeyValue("note", note).setCause(e).log("Left the note of a worktree's addition");
        }
    }

    /**
     * Takes away what interrupted additions left. Nobody was told of such a worktree, so nobody worked in it. While a git
     * program is at work in the repository it may be the one that adds it: then all stays for the next time.
     */
    void takeBackInterrupted() {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> notes = Files.newDirectoryStream(folder)) {
            for (Path note : notes) {
                takeBack(note, Path.of(Files.readString(note)));
            }
        } catch (IOException e) {
            log.atWarn().addKeyValue("folder", folder).setCause(e).log("Cannot look for interrupted additions");
        }
    }

    private void takeBack(Path note, Path directory) throws IOException {
        List<Path> halfMade = halfMade(directory);
        if (!halfMade.isEmpty()) {
            if (!GitProcesses.provenIdle(repository)) {
                return;
            }
            for (Path admin : halfMade) {
                if (isRegistrationOf(admin, directory) || isEmpty(directory)) {
                    trash.discard(directory);
                }
                trash.discard(admin);
            }
            log.atWarn().addKeyValue("directory", directory).log("Took back a worktree that was half made");
        }
        Files.deleteIfExists(note);
    }

    /** Its registration as git leaves it midway, and those that do not yet tell whose they are. */
    private List<Path> halfMade(Path directory) throws IOException {
        Path worktrees = repository.commonDirectory().resolve("worktrees");
        List<Path> halfMade = new ArrayList<>();
        if (Files.isDirectory(worktrees)) {
            try (DirectoryStream<Path> admins = Files.newDirectoryStream(worktrees)) {
                for (Path admin : admins) {
                    String gitdir = AdminDirectories.text(admin.resolve("gitdir"));
                    if (gitdir.isEmpty()
                            ? isInitializing(admin) || isEmpty(admin)
                            : isInitializing(admin) && isRegistrationOf(admin, directory)) {
                        halfMade.add(admin);
                    }
                }
            }
        }
        return halfMade;
    }

    private static boolean isInitializing(Path admin) {
        return AdminDirectories.text(admin.resolve("locked")).equals(INITIALIZING);
    }

    private boolean isRegistrationOf(Path admin, Path directory) {
        return AdminDirectories.of(repository, directory).equals(Optional.of(admin));
    }

    private static boolean isEmpty(Path directory) throws IOException {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            return !entries.iterator().hasNext();
        }
    }
}
