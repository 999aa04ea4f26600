package io.github.espalier.coordinator.internal;

import io.github.espalier.coordinator.ConflictResolver;
import io.github.espalier.coordinator.LaunchException;
import io.github.espalier.coordinator.internal.process.ManagedCommand;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Resolves by a command.
 *
 * @param argv the program and its arguments
 */
public record CommandResolver(List<String> argv) implements ConflictResolver {
    /** Resolves nothing. */
    public static final ConflictResolver NONE = request -> false;

    private static final Pattern NAME = Pattern.compile("\\{([a-z]+)\\}");

    /**
     * Checks the command.
     *
     * @throws LaunchException if no program is named
     */
    public CommandResolver {
        argv = List.copyOf(argv);
        if (argv.isEmpty()) {
            throw new LaunchException("", "no program was named; give a program and its arguments");
        }
    }

    @Override
    public boolean resolve(Request request) {
        Map<String, String> values = Map.of(
                "task", request.task(),
                "worktree", request.directory().toString(),
                "ours", request.ours(),
                "theirs", request.theirs(),
                "conflicts", request.conflicts().toString());
        List<String> filled = argv.stream()
                .map(argument -> NAME.matcher(argument)
                        .replaceAll(name -> Matcher.quoteReplacement(values.getOrDefault(name.group(1), name.group()))))
                .toList();
        Map<String, String> environment = new HashMap<>();
        values.forEach((name, value) -> environment.put("ESPALIER_" + name.toUpperCase(Locale.ROOT), value));
        return ManagedCommand.run(filled, environment, request.directory(), request.log(), request.timeLimit())
                .succeeded();
    }
}
