package io.github.espalier.examples.cli;

import io.github.espalier.coordinator.CoordinatorBuilder;
import io.github.espalier.coordinator.InstanceLauncher;
import io.github.espalier.coordinator.Verification;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a tree must pass before it is published. */
final class VerifyOption {
    @Option(
            names = "--verify",
            paramLabel = "'ARGV…'",
            description = "a command that each tree must pass before it is published, split as a shell splits words; no"
                    + " shell runs")
    private @Nullable String command;

    void applyTo(CoordinatorBuilder builder) {
        if (command != null) {
            List<String> words = OptionText.command("--verify", command);
            requireProgram(words);
            builder.verify(Verification.command(words.toArray(String[]::new)));
        }
    }

    /** A verification that cannot start would fail every task; a path in the tree can only be looked for there. */
    private static void requireProgram(List<String> words) {
        if (!words.get(0).contains("/")) {
            InstanceLauncher.command(words).requireProgram(Path.of("").toAbsolutePath());
        }
    }
}
