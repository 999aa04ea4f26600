package io.github.espalier.worktree.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much of the processor git asks for where nobody waits for it. */
class LowPriorityTest {
    @TempDir
    Path folder;

    @Test
    void aCommandInTheBackgroundIsNicerThanAnother() {
        int usual = niceness(command());

        assertThat(niceness(command().inBackground())).isEqualTo(Math.min(usual + 10, 19));
    }

    @Test
    void whatTheCommandPrintsAndEndsWithIsToldAllTheSame() {
        GitResult result =
                Git.at(folder).command("rev-parse").inBackground().accept(128).run();

        assertThat(result.exitCode()).isEqualTo(128);
        assertThat(result.error()).contains("not a git repository");
    }

    /** An alias of git's runs a program, which tells the priority that git has given it. */
    private GitCommand command() {
        return Git.at(folder).command("niceness").config("alias.niceness", "!nice");
    }

    private static int niceness(GitCommand command) {
        return Integer.parseInt(command.run().text().strip());
    }
}
