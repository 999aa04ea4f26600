package io.github.espalier.coordinator.internal.process;

import io.github.espalier.coordinator.LaunchRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a sandbox leaves in the repository's own folders, and the host clears away before it works there again.
 *
 * @param admin the worktree's administrative directory
 * @param logs the folder of the branch's log
 * @param hold a file that keeps the folder of the branch's ref from being removed as empty when git packs refs: a folder
 *     that is made anew would not be the one that the sandbox writes to. Git passes over names that begin with a dot
 */
record SandboxTraces(Path admin, Path logs, Path hold) {
    private static final Logger log = LoggerFactory.getLogger(SandboxTraces.class);
    private static final String ADMIN = "sandboxAdmin";
    private static final String LOGS = "sandboxLogs";
    private static final String HOLD = "sandboxHold";

    static SandboxTraces of(LaunchRequest request) {
        Path common = request.repository().commonDirectory();
        String branch = request.worktree().branch();
        return new SandboxTraces(
                request.worktree().gitDirectory(),
                logFolder(common, branch),
                refFolder(common, branch).resolve(".espalier-" + UUID.randomUUID()));
    }

    /** As an identity's properties tell them; empty: it was in no sandbox. */
    static Optional<SandboxTraces> of(Map<String, String> properties) {
        return properties.keySet().containsAll(Set.of(ADMIN, LOGS, HOLD))
                ? Optional.of(
                        new SandboxTraces(path(properties, ADMIN), path(properties, LOGS), path(properties, HOLD)))
                : Optional.empty();
    }

    private static Path path(Map<String, String> properties, String name) {
        return Path.of(Objects.requireNonNull(properties.get(name), name));
    }

    Map<String, String> properties() {
        return Map.of(ADMIN, admin.toString(), LOGS, logs.toString(), HOLD, hold.toString());
    }

    static Path refFolder(Path common, String branch) {
        return common.resolve("refs/heads").resolve(branch).resolve("..").normalize();
    }

    static Path logFolder(Path common, String branch) {
        return common.resolve("logs/refs/heads").resolve(branch).resolve("..").normalize();
    }

    /**
     * Removes the hold, and every symbolic link where git keeps none: git, outside, would write through it to where the agent
     * could not.
     */
    void clear() {
        try {
            Files.deleteIfExists(hold);
            for (Path folder : List.of(admin, logs)) {
                removeLinks(folder);
            }
        } catch (IOException e) {
            log.atWarn().addKeyValue("directory", admin).setCause(e).log("Could not clear away what a sandbox left");
        }
    }

    private static void removeLinks(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path link : all.filter(Files::isSymbolicLink).toList()) {
                Files.delete(link);
                log.atWarn().addKeyValue("link", link).log("Removed a symbolic link that an agent made");
            }
        } catch (NoSuchFileException e) {
            log.atDebug().setCause(e).log("A log was removed meanwhile");
        }
    }
}
