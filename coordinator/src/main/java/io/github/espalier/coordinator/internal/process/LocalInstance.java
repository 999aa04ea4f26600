package io.github.espalier.coordinator.internal.process;

import io.github.espalier.coordinator.Instance;
import io.github.espalier.coordinator.InstanceEnd;
import io.github.espalier.coordinator.InstanceIdentity;
import io.github.espalier.coordinator.InstanceLog;
import io.github.espalier.coordinator.InstanceUsage;
import io.github.espalier.coordinator.LaunchRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** An agent that is a process on this machine. */
final class LocalInstance implements Instance {
    private static final String PID = "pid";
    private static final String START_TICKS = "startTicks";
    private static final String BOOT_ID = "bootId";
    private static final String COOKIE = "cookie";
    private static final String EXIT_FILE = "exitFile";
    private static final String LOG_FILE = "log";
    private static final String NAMESPACE = InstanceIdentity.NAMESPACE;
    private static final Set<String> ALL = Set.of(PID, START_TICKS, BOOT_ID, COOKIE, EXIT_FILE, LOG_FILE, NAMESPACE);

    private final InstanceIdentity identity;
    private final LocalProcess process;
    private final CappedLog log;

    private LocalInstance(InstanceIdentity identity, LocalProcess process, CappedLog log) {
        this.identity = identity;
        this.process = process;
        this.log = log;
    }

    /**
     * Starts a program. What it is found by is written down before it starts: a host that dies meanwhile has not recorded it.
     *
     * @param more properties of the identity besides those that it is found by
     */
    static LocalInstance started(LaunchRequest request, CommandSpec spec, Map<String, String> more) {
        String cookie = LocalProcess.newCookie();
        Map<String, String> properties = new HashMap<>(more);
        properties.putAll(Map.of(
                BOOT_ID, ProcessTable.bootId().orElse(""),
                COOKIE, cookie,
                EXIT_FILE, spec.exitFile().toString(),
                LOG_FILE, spec.log().toString(),
                NAMESPACE, String.valueOf(spec.containment().isNamespace())));
        IdentityFile.in(request.stateDirectory()).write(properties);
        LocalProcess process = LocalProcess.start(spec, cookie);
        properties.put(PID, String.valueOf(process.tree().root()));
        properties.put(START_TICKS, String.valueOf(process.tree().startTicks()));
        return new LocalInstance(
                new InstanceIdentity(request.name(), properties), process, new CappedLog(spec.log(), spec.logLimit()));
    }

    /**
     * What is known of an instance: what was recorded, or, where its host died before it could record that, what was written
     * down before the start and can be seen of its processes.
     */
    private static Map<String, String> known(InstanceIdentity identity) {
        Map<String, String> recorded = identity.properties();
        String folder = recorded.get(InstanceIdentity.STATE_DIRECTORY);
        if (recorded.containsKey(PID) || folder == null) {
            return recorded;
        }
        Map<String, String> known =
                new HashMap<>(IdentityFile.in(Path.of(folder)).read());
        Optional.ofNullable(known.get(COOKIE)).flatMap(ProcessTable::oldestWith).ifPresent(root -> {
            known.put(PID, String.valueOf(root.pid()));
            known.put(START_TICKS, String.valueOf(root.startTicks()));
        });
        if (!known.isEmpty()) { // no process is left of it
            known.putIfAbsent(PID, "0");
            known.putIfAbsent(START_TICKS, "0");
        }
        return known;
    }

    /** Alive only if process id, start time, start of the machine and cookie are all as recorded. */
    static Optional<Instance> found(InstanceIdentity identity, long logLimit) {
        Map<String, String> properties = known(identity);
        if (!properties.keySet().containsAll(ALL)) {
            return Optional.empty();
        }
        long pid = Long.parseLong(value(properties, PID));
        long startTicks = Long.parseLong(value(properties, START_TICKS));
        ProcessTree tree = new ProcessTree(pid, startTicks, value(properties, COOKIE));
        boolean sameBoot =
                ProcessTable.bootId().filter(value(properties, BOOT_ID)::equals).isPresent();
        boolean alive = sameBoot
                && ProcessTable.entry(pid)
                        .filter(entry -> entry.startTicks() == startTicks && !entry.zombie())
                        .isPresent()
                && ProcessTable.hasVariable(pid, tree.cookie());
        LocalProcess process = LocalProcess.found(
                tree, Path.of(value(properties, EXIT_FILE)), Boolean.parseBoolean(value(properties, NAMESPACE)), alive);
        CappedLog log = new CappedLog(Path.of(value(properties, LOG_FILE)), logLimit);
        Instance found = new LocalInstance(new InstanceIdentity(identity.name(), properties), process, log);
        return Optional.of(SandboxTraces.of(properties)
                .<Instance>map(traces -> new SandboxedInstance(found, traces))
                .orElse(found));
    }

    private static String value(Map<String, String> properties, String name) {
        return Objects.requireNonNull(properties.get(name), name);
    }

    @Override
    public InstanceIdentity identity() {
        return identity;
    }

    @Override
    public CompletionStage<InstanceEnd> completion() {
        return process.completion();
    }

    @Override
    public void stop(Duration grace) {
        process.stop(grace);
    }

    @Override
    public InstanceLog log() {
        return log;
    }

    @Override
    public Optional<InstanceUsage> usage() {
        return process.tree().usage();
    }
}
