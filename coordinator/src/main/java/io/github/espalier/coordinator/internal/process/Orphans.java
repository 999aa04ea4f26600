package io.github.espalier.coordinator.internal.process;

import io.github.espalier.worktree.HostProcess;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What hosts that died have left running besides agents: git in the middle of a step, set-up commands, verifications. Git is
 * given time to end its step; whatever else there is has nobody left to report to.
 */
public final class Orphans {
    private static final Logger log = LoggerFactory.getLogger(Orphans.class);
    private static final Duration GIT_MAY_TAKE = Duration.ofSeconds(20);
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Set<String> hosts;

    private Orphans(Set<String> hosts) {
        this.hosts = hosts;
    }

    /**
     * The orphans of hosts.
     *
     * @param hosts as {@link HostProcess#self} told them; this process is none of them
     */
    public static Orphans of(Collection<String> hosts) {
        Set<String> dead = new TreeSet<>(hosts);
        dead.remove(HostProcess.self());
        return new Orphans(dead);
    }

    /** Those that live; empty where there is no {@code /proc}. */
    public List<ProcessHandle> living() {
        return ProcessTable.all().values().stream()
                .filter(entry -> !entry.zombie())
                .filter(entry -> ProcessTable.variable(entry.pid(), HostProcess.VARIABLE)
                        .filter(hosts::contains)
                        .isPresent())
                .map(entry -> ProcessHandle.of(entry.pid()))
                .flatMap(Optional::stream)
                .toList();
    }

    /** Returns when none lives any more, or when some would not end. */
    public void end() {
        List<ProcessHandle> commands = living().stream()
                .filter(process -> ProcessTable.hasVariableLike(process.pid(), LocalProcess.COOKIE))
                .toList();
        end(commands, ProcessHandle::destroyForcibly, GRACE);
        await(living(), GIT_MAY_TAKE);
        end(living(), ProcessHandle::destroy, GRACE);
        end(living(), ProcessHandle::destroyForcibly, GRACE);
    }

    private static void end(List<ProcessHandle> processes, Consumer<ProcessHandle> how, Duration time) {
        for (ProcessHandle process : processes) {
            log.atWarn()
                    .addKeyValue("pid", process.pid())
                    .addKeyValue("command", process.info().command().orElse("unknown"))
                    .log("Ending what a dead host left running");
            how.accept(process);
        }
        await(processes, time);
    }

    private static void await(List<ProcessHandle> processes, Duration time) {
        CompletableFuture<?>[] ends =
                processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(ends)
                .completeOnTimeout(null, time.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }
}
