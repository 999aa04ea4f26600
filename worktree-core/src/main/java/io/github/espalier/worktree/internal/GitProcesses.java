package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.WorktreeEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Git programs that run on this machine, as {@code /proc} tells. */
public final class GitProcesses {
    private static final Logger log = LoggerFactory.getLogger(GitProcesses.class);
    private static final Path PROC = Path.of("/proc");
    private static final int MOST_LOOKS = 50;
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(2);

    private GitProcesses() {}

    /** Whether it is certain that no git program is at work in a repository; what cannot be seen is not certain. */
    public static boolean provenIdle(GitRepository repository) {
        List<String> places = places(repository);
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                if (isGit(process) && mayWorkIn(process, places)) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static List<String> places(GitRepository repository) {
        List<String> places = new ArrayList<>();
        places.add(repository.commonDirectory().toString());
        for (WorktreeEntry entry : new WorktreeList(repository).entries()) {
            places.add(entry.directory().toString());
        }
        return places;
    }

    private static boolean isGit(Path process) throws IOException {
        try {
            return Files.readString(process.resolve("comm"), StandardCharsets.ISO_8859_1)
                    .startsWith("git");
        } catch (IOException e) {
            if (Files.exists(process)) {
                throw e;
            }
            return false; // it ended meanwhile
        }
    }

    /** A process that is ending cannot be read any more for a moment before it is a zombie: that one is looked at again. */
    private static boolean mayWorkIn(Path process, List<String> places) {
        for (int look = 0; look < MOST_LOOKS; look++) {
            try {
                return worksIn(process, places);
            } catch (IOException e) {
                if (isEnding(process)) {
                    return false;
                }
                LockSupport.parkNanos(PAUSE);
            }
        }
        return true;
    }

    /** By its folder, or by any word it was started with. */
    private static boolean worksIn(Path process, List<String> places) throws IOException {
        String directory = Files.readSymbolicLink(process.resolve("cwd")).toString();
        String words = Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1)
                + "\0"
                + Files.readString(process.resolve("environ"), StandardCharsets.ISO_8859_1);
        return places.stream()
                .anyMatch(
                        place -> directory.equals(place) || directory.startsWith(place + "/") || words.contains(place));
    }

    /** A zombie holds nothing any more; its links cannot be read. */
    private static boolean isEnding(Path process) {
        try {
            return Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1)
                    .contains(") Z ");
        } catch (IOException e) {
            return !Files.exists(process);
        }
    }

    /** The process that has a file open: its id and what it was started with; of several the first that is found. */
    public static Optional<String> holder(Path file) {
        try {
            Optional<Path> process = opener(file);
            return process.isEmpty()
                    ? Optional.empty()
                    : Optional.of("process " + process.get().getFileName() + " (" + words(process.get()) + ")");
        } catch (IOException e) {
            log.atDebug().addKeyValue("file", file).setCause(e).log("Cannot tell who has it open");
            return Optional.empty();
        }
    }

    private static String words(Path process) throws IOException {
        return Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1)
                .replace('\0', ' ')
                .strip();
    }

    /** Whether a process of this user has a file open. */
    public static boolean isOpen(Path file) {
        try {
            return opener(file).isPresent();
        } catch (IOException e) {
            return true;
        }
    }

    private static Optional<Path> opener(Path file) throws IOException {
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                if (hasOpen(process, file)) {
                    return Optional.of(process);
                }
            }
            return Optional.empty();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private static boolean hasOpen(Path process, Path file) {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path descriptor : descriptors) {
                if (leadsTo(descriptor, file)) {
                    return true;
                }
            }
            return false;
        } catch (IOException | DirectoryIteratorException e) {
            return false; // it ended meanwhile, or is another user's
        }
    }

    /** A descriptor that was closed since it was listed says nothing of the others of its process. */
    private static boolean leadsTo(Path descriptor, Path file) {
        try {
            return Files.readSymbolicLink(descriptor).equals(file);
        } catch (IOException e) {
            return false;
        }
    }
}
