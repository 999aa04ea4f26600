package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.Worktree;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The indexes of worktrees as they were handed out: they tell, by the times that the kernel keeps of each file, what was
 * touched since, which an agent's own index need not.
 */
final class PristineIndexes {
    private static final Logger log = LoggerFactory.getLogger(PristineIndexes.class);

    private final GitRepository repository;
    private final Path folder;

    PristineIndexes(GitRepository repository) {
        this.repository = repository;
        folder = repository.stateDirectory().resolve("pristine");
    }

    /** Keeps a worktree's; best effort: without it the worktree is deleted one day and not used again. */
    void keep(Worktree worktree) {
        try {
            Path index = worktree.gitDirectory().resolve("index");
            forget(worktree.gitDirectory());
            if (Files.exists(index) && isPlain(worktree.gitDirectory())) {
                Files.createDirectories(folder);
                Path aside = Files.createTempFile(folder, ".new-", "");
                Files.copy(index, aside, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
                Files.move(aside, file(worktree.gitDirectory()), StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            log.atDebug().addKeyValue("worktree", worktree).setCause(e).log("Its index cannot be kept");
        }
    }

    /** A split index has parts in the registration; settings and sparse patterns of its own would have to be kept too. */
    private static boolean isPlain(Path admin) throws IOException {
        if (Files.exists(admin.resolve("config.worktree")) || Files.exists(admin.resolve("info"))) {
            return false;
        }
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(admin, "sharedindex.*")) {
            return !parts.iterator().hasNext();
        }
    }

    Optional<Path> take(Path admin) {
        return Optional.of(file(admin)).filter(Files::isRegularFile);
    }

    void forget(Path admin) {
        try {
            Files.deleteIfExists(file(admin));
        } catch (IOException e) {
            log.atDebug().addKeyValue("registration", admin).setCause(e).log("Its index is left");
        }
    }

    /** Forgets those of worktrees that are registered no more. */
    void forgetGone() {
        if (!Files.isDirectory(folder)) {
            return;
        }
        Path worktrees = repository.commonDirectory().resolve("worktrees");
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Path admin = worktrees.resolve(String.valueOf(file.getFileName()));
                if (!Files.isDirectory(admin)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            log.atDebug().addKeyValue("folder", folder).setCause(e).log("Indexes of gone worktrees are left");
        }
    }

    private Path file(Path admin) {
        return folder.resolve(String.valueOf(admin.getFileName()));
    }
}
