package io.github.espalier.coordinator.internal;

import io.github.espalier.resources.Admission;
import io.github.espalier.resources.ResourceMonitor;
import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.Identity;
import io.github.espalier.worktree.Integrator;
import io.github.espalier.worktree.MergeSession;
import io.github.espalier.worktree.Merger;
import io.github.espalier.worktree.Refs;
import io.github.espalier.worktree.Signing;
import io.github.espalier.worktree.TargetBranch;
import io.github.espalier.worktree.TrustedConfiguration;
import io.github.espalier.worktree.WorktreeManager;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Function;

/**
 * All that a run holds open: the lock, the journal, threads, and the parts that the host did not bring.
 *
 * @param closing closes them
 */
record OpenRun(
        Closing closing,
        RunContext context,
        ResourceMonitor resources,
        TargetBranch target,
        Merger merger,
        Integrator integrator,
        Signing signing,
        TrustedConfiguration trusted,
        Timer timer,
        WorkThreads work) {

    /** Opens a new run. */
    static OpenRun open(Configuration configuration) {
        Clock clock = configuration.parts().clock();
        return open(
                configuration,
                RunId.next(clock.instant()),
                TrustedConfiguration.of(configuration.repository()),
                directory -> Journal.create(configuration.repository().commonDirectory(), directory, clock));
    }

    /** How what lands is signed, as configured now. */
    static Signing signing(Configuration configuration) {
        return configuration.landings().signature().signs()
                ? Signing.configuredIn(configuration.repository())
                : Signing.none();
    }

    /** Opens the run of a host that died. What agents have configured since it began is not trusted. */
    static OpenRun reopen(Configuration configuration, RunRecord run) {
        return open(
                configuration,
                run.run(),
                TrustedConfiguration.of(configuration.repository(), run.filters()),
                directory -> Journal.reopen(directory, configuration.parts().clock()));
    }

    private static OpenRun open(
            Configuration configuration, String run, TrustedConfiguration trusted, Function<Path, Journal> journal) {
        Closing closing = new Closing();
        try {
            return open(configuration, run, trusted, journal, closing);
        } catch (RuntimeException | Error e) {
            closing.close().ifPresent(e::addSuppressed);
            throw e;
        }
    }

    /** Closes what was opened, without a run; returns what that failed with. */
    Optional<Throwable> abandon() {
        Optional<Throwable> failure = closing.close();
        work.end();
        return failure;
    }

    private static OpenRun open(
            Configuration configuration,
            String run,
            TrustedConfiguration snapshot,
            Function<Path, Journal> journal,
            Closing closing) {
        GitRepository repository = configuration.repository();
        Configuration.Parts parts = configuration.parts();
        Instant now = parts.clock().instant();
        Path directory = repository.stateDirectory().resolve("runs").resolve(run);
        closing.later(CoordinatorLock.acquire(repository, run, now));
        TrustedConfiguration trusted = closing.later(snapshot.kept());
        TargetBranch target = TargetBranch.of(repository, configuration.target(), trusted);
        WorkThreads work = WorkThreads.of(parts.executor(), run);
        ResourceMonitor monitor = parts.resources()
                .orElseGet(() -> closing.later(ResourceMonitor.system(parts.limits(), repository.parent())));
        WorktreeManager worktrees = parts.worktrees()
                .orElseGet(() -> closing.later(parts.ownWorktrees(repository, trusted, () -> hasRoom(monitor))));
        Merger merger = parts.merger().orElseGet(() -> closing.later(MergeSession.open(repository)));
        Signing signing = signing(configuration);
        Integrator plain = Integrator.of(repository, merger, Clock.system(ZoneId.systemDefault()), signing);
        Integrator integrator = closing.later(new AnchoredIntegrator(plain, Refs.of(repository), run));
        Configuration.Worktrees names = configuration.worktrees();
        RunContext context = new RunContext(
                configuration,
                run,
                directory,
                closing.later(journal.apply(directory)),
                new Events(parts.listeners(), work),
                Refs.of(repository),
                worktrees,
                new TaskNames(repository, names.directoryTemplate(), names.branchTemplate()),
                configuration.landings().identity().orElseGet(() -> Identity.configuredIn(repository)));
        Timer timer = closing.later(new Timer("espalier-timer-" + run));
        return new OpenRun(closing, context, monitor, target, merger, integrator, signing, trusted, timer, work);
    }

    /** Asks without keeping what it gets: a spare worktree is made while there is room for one more agent. */
    private static boolean hasRoom(ResourceMonitor monitor) {
        if (monitor.admit() instanceof Admission.Granted granted) {
            granted.reservation().close();
            return true;
        }
        return false;
    }
}
