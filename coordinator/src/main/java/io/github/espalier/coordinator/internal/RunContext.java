package io.github.espalier.coordinator.internal;

import io.github.espalier.coordinator.CoordinatorException;
import io.github.espalier.coordinator.RunEvent;
import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.Identity;
import io.github.espalier.worktree.Refs;
import io.github.espalier.worktree.WorktreeManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.Function;

/** What every step of one run needs. */
record RunContext(
        Configuration configuration,
        String run,
        Path directory,
        Journal journal,
        Events events,
        Refs refs,
        WorktreeManager worktrees,
        TaskNames names,
        Identity identity) {

    GitRepository repository() {
        return configuration.repository();
    }

    Instant now() {
        return configuration.parts().clock().instant();
    }

    void publish(Function<Instant, RunEvent> event) {
        events.publish(event.apply(now()));
    }

    /** A folder for one attempt at a task, or for one verification. */
    Path folder(String task, String name) {
        Path folder = directory.resolve(TaskNames.slug(task)).resolve(name);
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new CoordinatorException(
                    folder + ": cannot be made (" + e + "); make the repository's folder writable", e);
        }
    }
}
