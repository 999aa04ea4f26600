package io.github.espalier.examples.cli;

import io.github.espalier.coordinator.CommandLauncher;
import io.github.espalier.coordinator.InstanceLauncher;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Reads what is given as the text of an option. */
final class OptionText {
    private OptionText() {}

    /** Reads a text; what is wrong with it is told with the option's name. */
    static <T> T read(String option, String text, Function<String, T> reading) {
        try {
            return reading.apply(text);
        } catch (MisuseException e) {
            throw new MisuseException(option + ": " + e.getMessage());
        }
    }

    /** The words of a command, of which there is at least one. */
    static List<String> command(String option, String text) {
        List<String> words = read(option, text, Words::split);
        if (words.isEmpty()) {
            throw new MisuseException(option + " is empty; give a program and its arguments");
        }
        return words;
    }

    /** What starts agents by a command. */
    static CommandLauncher agent(String option, String text) {
        return InstanceLauncher.command(fromHere(command(option, text)));
    }

    /** Agents start in their worktrees; but a program is named from where the command is typed. */
    private static List<String> fromHere(List<String> words) {
        String program = words.get(0);
        Path file = Path.of("").toAbsolutePath().resolve(program).normalize();
        if (!program.contains("/") || !Files.isRegularFile(file)) {
            return words;
        }
        List<String> absolute = new ArrayList<>(words);
        absolute.set(0, file.toString());
        return absolute;
    }
}
