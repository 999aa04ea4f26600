package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.GitRepository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a linked worktree without its files, as {@code git worktree add --no-checkout} does, in this process. The files are
 * git's own (gitrepository-layout(5)), locked as {@code initializing} meanwhile, so that a death leaves what git's would
 * leave. Guarded by the lock of the repository.
 */
final class Registration {
    private static final Logger log = LoggerFactory.getLogger(Registration.class);

    /** Others git changes until they could be part of a ref's name. */
    private static final Pattern NAME = Pattern.compile("\\w[\\w-]*");

    private static final int MOST_TRIES = 5;
    private static final int MOST_NAMES = 1000;

    private final Path directory;
    private final Deque<Path> made = new ArrayDeque<>();

    private Registration(Path directory) {
        this.directory = directory;
    }

    /**
     * Registers a worktree that has a branch out.
     *
     * @param directory where it is to be: nothing, or an empty folder
     * @return its administrative directory; empty: git has to do it, and nothing was made
     */
    static Optional<Path> make(GitRepository repository, Path directory, String branch) {
        Path name = directory.getFileName();
        if (name == null || !NAME.matcher(name.toString()).matches() || !PlainRepository.is(repository)) {
            return Optional.empty();
        }
        Path worktrees = repository.commonDirectory().resolve("worktrees");
        for (int tries = 1; ; tries++) {
            Registration registration = new Registration(directory);
            try {
                return Optional.of(registration.make(worktrees, name.toString(), branch));
            } catch (IOException e) {
                registration.takeBack(e);
                // while it is not locked yet, somebody's git worktree prune takes it for a leftover
                if (!(e instanceof NoSuchFileException) || tries == MOST_TRIES) {
                    log.atDebug()
                            .addKeyValue("directory", directory)
                            .setCause(e)
                            .log("Leaving it to git");
                    return Optional.empty();
                }
            }
        }
    }

    private Path make(Path worktrees, String name, String branch) throws IOException {
        Path admin = claim(worktrees, name);
        Path locked = write(RemovalMark.file(admin), Additions.INITIALIZING);
        Path parent =
                Files.createDirectories(directory.toAbsolutePath().resolve("..").normalize());
        Path place = parent.toRealPath().resolve(name);
        Path dotGit = place.resolve(".git");
        // Before the folder, which would be taken for somebody's where nothing leads to it.
        write(admin.resolve("gitdir"), dotGit.toString());
        if (!Files.exists(place)) {
            made.push(Files.createDirectory(place));
        }
        write(dotGit, "gitdir: " + admin);
        write(admin.resolve("commondir"), "../..");
        write(admin.resolve("HEAD"), "ref: refs/heads/" + branch);
        Files.delete(locked);
        return admin;
    }

    private Path claim(Path worktrees, String name) throws IOException {
        Files.createDirectories(worktrees);
        for (int number = 0; ; number++) {
            try {
                Path admin = worktrees.toRealPath().resolve(number == 0 ? name : name + number);
                made.push(Files.createDirectory(admin));
                return admin;
            } catch (FileAlreadyExistsException e) {
                if (number == MOST_NAMES) {
                    throw e;
                }
            }
        }
    }

    private Path write(Path file, String line) throws IOException {
        made.push(Files.createFile(file)); // what is there already is somebody's
        return Files.writeString(file, line + "\n", StandardCharsets.UTF_8);
    }

    /** What cannot be taken back stays noted as an addition that was interrupted. */
    private void takeBack(IOException cause) {
        for (Path path : made) {
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                cause.addSuppressed(e);
            }
        }
    }
}
