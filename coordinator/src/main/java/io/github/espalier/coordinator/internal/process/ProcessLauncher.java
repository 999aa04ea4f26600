package io.github.espalier.coordinator.internal.process;

import io.github.espalier.coordinator.CommandLauncher;
import io.github.espalier.coordinator.Instance;
import io.github.espalier.coordinator.InstanceIdentity;
import io.github.espalier.coordinator.LaunchException;
import io.github.espalier.coordinator.LaunchRequest;
import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.HostProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Agents as processes on this machine. Immutable.
 *
 * @param argv program and arguments, with names in braces
 * @param allowed the only inherited variables; empty: all are
 * @param variables variables over those
 * @param logLimit in bytes
 * @param containment as asked for
 */
public record ProcessLauncher(
        List<String> argv,
        Optional<Set<String>> allowed,
        Map<String, String> variables,
        long logLimit,
        Containment containment)
        implements CommandLauncher {
    private static final Pattern NAME = Pattern.compile("\\{([a-z]+)}");
    private static final long SMALLEST_LIMIT = 4096;

    public ProcessLauncher {
        argv = List.copyOf(argv);
        variables = Map.copyOf(variables);
    }

    public static CommandLauncher of(List<String> argv) {
        if (argv.isEmpty()) {
            throw new LaunchException("", "no program was named; give a program and its arguments");
        }
        return new ProcessLauncher(argv, Optional.empty(), Map.of(), DEFAULT_LOG_LIMIT, Containment.AUTOMATIC);
    }

    @Override
    public CommandLauncher allowEnvironment(String... names) {
        return new ProcessLauncher(argv, Optional.of(Set.of(names)), variables, logLimit, containment);
    }

    @Override
    public CommandLauncher environment(Map<String, String> more) {
        Map<String, String> all = new TreeMap<>(variables);
        all.putAll(more);
        return new ProcessLauncher(argv, allowed, all, logLimit, containment);
    }

    @Override
    public CommandLauncher logLimit(long bytes) {
        if (bytes < SMALLEST_LIMIT) {
            throw new IllegalArgumentException("logLimit " + bytes + ": must be at least " + SMALLEST_LIMIT);
        }
        return new ProcessLauncher(argv, allowed, variables, bytes, containment);
    }

    @Override
    public CommandLauncher containment(Containment value) {
        if (value == Containment.NAMESPACE && Wrapper.namespace().isEmpty()) {
            throw new LaunchException(
                    "unshare",
                    "this machine offers no PID namespace to this user; use Containment.AUTOMATIC or COOKIE");
        }
        return new ProcessLauncher(argv, allowed, variables, logLimit, value);
    }

    @Override
    public Containment effectiveContainment() {
        return wrapper().isNamespace() ? Containment.NAMESPACE : Containment.COOKIE;
    }

    private Wrapper wrapper() {
        return containment == Containment.COOKIE
                ? Wrapper.plain()
                : Wrapper.namespace().orElseGet(Wrapper::plain);
    }

    @Override
    public void requireProgram(Path directory) {
        String program = argv.get(0);
        if (!NAME.matcher(program).find()) {
            Programs.find(program, directory, inherited());
        }
    }

    @Override
    public Instance launch(LaunchRequest request) {
        return LocalInstance.started(request, specification(request), Map.of());
    }

    /** What is to run for a request. */
    CommandSpec specification(LaunchRequest request) {
        Map<String, String> values = request.values();
        List<String> filled = new ArrayList<>();
        argv.forEach(argument -> filled.add(fill(argument, values)));
        Map<String, String> environment = inherited();
        values.forEach((name, value) -> environment.put("ESPALIER_" + name.toUpperCase(Locale.ROOT), value));
        Path directory = request.worktree().directory();
        filled.set(0, Programs.find(filled.get(0), directory, environment).toString());
        Path folder = request.stateDirectory();
        return new CommandSpec(
                filled,
                directory,
                environment,
                folder.resolve("output.log"),
                logLimit,
                folder.resolve("exit"),
                wrapper());
    }

    /** Each name once: what a value holds is not looked at again. */
    private static String fill(String argument, Map<String, String> values) {
        return NAME.matcher(argument)
                .replaceAll(name -> Matcher.quoteReplacement(values.getOrDefault(name.group(1), name.group())));
    }

    private Map<String, String> inherited() {
        Map<String, String> environment = new TreeMap<>(System.getenv());
        environment.keySet().removeAll(GitRepository.ENVIRONMENT);
        environment.remove(HostProcess.VARIABLE); // or an agent of a host that git started would be taken for that git
        allowed.ifPresent(environment.keySet()::retainAll);
        environment.putAll(variables);
        return environment;
    }

    /** Names of variables, but not their values, which can be secrets. */
    @Override
    public String toString() {
        return "ProcessLauncher[argv=" + argv + ", allowed=" + allowed + ", variables="
                + new TreeSet<>(variables.keySet()) + ", logLimit=" + logLimit + ", containment=" + containment + "]";
    }

    @Override
    public Optional<Instance> find(InstanceIdentity identity) {
        return LocalInstance.found(identity, logLimit);
    }
}
