package io.github.espalier.coordinator.internal.process;

import io.github.espalier.coordinator.CommandLauncher;
import io.github.espalier.coordinator.Instance;
import io.github.espalier.coordinator.InstanceIdentity;
import io.github.espalier.coordinator.LaunchException;
import io.github.espalier.coordinator.LaunchRequest;
import io.github.espalier.coordinator.SandboxedLauncher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Agents as processes in a sandbox: the command of another launcher with bubblewrap around it. Immutable.
 *
 * @param command what runs inside
 * @param network whether it has the network
 * @param writable what it can write besides
 * @param readable what it can read besides
 * @param hidden what it cannot
 * @param endWithHost whether it ends with the host
 */
public record SandboxLauncher(
        ProcessLauncher command,
        boolean network,
        List<Path> writable,
        List<Path> readable,
        List<Path> hidden,
        boolean endWithHost)
        implements SandboxedLauncher {
    private static final String TEMPORARY_FOLDER = "TMPDIR";

    public SandboxLauncher {
        writable = List.copyOf(writable);
        readable = List.copyOf(readable);
        hidden = List.copyOf(hidden);
    }

    public static SandboxedLauncher of(CommandLauncher launcher) {
        if (launcher instanceof ProcessLauncher command) {
            return new SandboxLauncher(command, true, List.of(), List.of(), List.of(), true);
        }
        throw new IllegalArgumentException(
                launcher + ": only what InstanceLauncher.command(…) makes can be put into a sandbox");
    }

    @Override
    public SandboxedLauncher network(boolean on) {
        return new SandboxLauncher(command, on, writable, readable, hidden, endWithHost);
    }

    @Override
    public SandboxedLauncher writable(Path... paths) {
        return new SandboxLauncher(command, network, plus(writable, paths), readable, hidden, endWithHost);
    }

    @Override
    public SandboxedLauncher readable(Path... paths) {
        return new SandboxLauncher(command, network, writable, plus(readable, paths), hidden, endWithHost);
    }

    @Override
    public SandboxedLauncher hidden(Path... paths) {
        return new SandboxLauncher(command, network, writable, readable, plus(hidden, paths), endWithHost);
    }

    private static List<Path> plus(List<Path> paths, Path... more) {
        return Stream.concat(
                        paths.stream(),
                        Stream.of(more).map(path -> path.toAbsolutePath().normalize()))
                .toList();
    }

    @Override
    public SandboxedLauncher endWithHost(boolean ends) {
        return new SandboxLauncher(command, network, writable, readable, hidden, ends);
    }

    @Override
    public void requireSandbox() {
        bubblewrap().require();
    }

    private Bubblewrap bubblewrap() {
        return new Bubblewrap(network, endWithHost ? Wrapper.SANDBOX_ENDING_WITH_HOST : Wrapper.SANDBOX);
    }

    @Override
    public void requireProgram(Path directory) {
        command.requireProgram(directory);
    }

    @Override
    public Instance launch(LaunchRequest request) {
        Bubblewrap bubblewrap = bubblewrap();
        List<String> argv = new ArrayList<>(bubblewrap.require());
        CommandSpec plain = command.specification(request);
        argv.addAll(new SandboxView(this, request, plain).mounts());
        argv.addAll(List.of("--chdir", plain.directory().toString(), "--"));
        argv.addAll(plain.argv());
        // What stands outside must not find its programs in a folder that the agent can write, whatever the PATH says.
        CommandSpec spec = new CommandSpec(
                argv,
                request.stateDirectory(),
                environment(plain.environment()),
                plain.log(),
                plain.logLimit(),
                plain.exitFile(),
                bubblewrap.wrapper());
        return start(request, spec);
    }

    private static Instance start(LaunchRequest request, CommandSpec spec) {
        SandboxTraces traces = SandboxTraces.of(request);
        try {
            Files.createFile(traces.hold());
            return new SandboxedInstance(LocalInstance.started(request, spec, traces.properties()), traces);
        } catch (IOException e) {
            LaunchException failure = new LaunchException(spec.argv().get(0), String.valueOf(e));
            failure.initCause(e);
            throw failure;
        } catch (LaunchException e) {
            traces.clear();
            throw e;
        }
    }

    /**
     * Collecting garbage would only fail: most of the repository is read-only. A temporary folder of the host's is not there,
     * unless it was asked for.
     */
    private Map<String, String> environment(Map<String, String> plain) {
        Map<String, String> environment = new TreeMap<>(plain);
        if (!command.variables().containsKey(TEMPORARY_FOLDER)) {
            environment.computeIfPresent(TEMPORARY_FOLDER, (name, value) -> "/tmp");
        }
        new GitVariables(environment).configure("gc.auto", "0").configure("maintenance.auto", "false");
        return environment;
    }

    @Override
    public Optional<Instance> find(InstanceIdentity identity) {
        return command.find(identity);
    }
}
