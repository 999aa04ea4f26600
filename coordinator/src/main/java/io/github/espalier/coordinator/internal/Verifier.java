package io.github.espalier.coordinator.internal;

import io.github.espalier.coordinator.RunEvent;
import io.github.espalier.coordinator.Verification.Verdict;
import io.github.espalier.resources.Admission;
import io.github.espalier.resources.Reservation;
import io.github.espalier.resources.ResourceMonitor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies trees, each of them once, several at a time. One always runs; another one beside it needs room on the machine.
 * Thread-safe.
 */
final class Verifier implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Verifier.class);
    private static final Verdict CANCELLED = new Verdict(false, "the run was cancelled");
    private static final Verdict UNWANTED = new Verdict(false, "it is not wanted any more");

    /** For the host's code, which may not mind an interrupt. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final RunContext context;
    private final VerificationRooms rooms;
    private final ResourceMonitor resources;
    private final Executor work;
    private final int slots;
    private final Map<String, Job> jobs = new HashMap<>();
    private final Deque<Job> waiting = new ArrayDeque<>();
    private final List<Job> running = new ArrayList<>();
    private boolean stopped;

    Verifier(RunContext context, VerificationRooms rooms, ResourceMonitor resources, Executor work, int slots) {
        this.context = context;
        this.rooms = rooms;
        this.resources = resources;
        this.work = work;
        this.slots = slots;
    }

    /** One tree on its way to a verdict. */
    static final class Job {
        private final String task;
        private final String commit;
        private final String tree;
        private final Path log;
        private final CompletableFuture<Verdict> verdict = new CompletableFuture<>();
        private int wanted;
        private @Nullable Thread thread;

        private Job(String task, String commit, String tree, Path log) {
            this.task = task;
            this.commit = commit;
            this.tree = tree;
            this.log = log;
        }

        CompletableFuture<Verdict> verdict() {
            return verdict;
        }

        String tree() {
            return tree;
        }

        Path log() {
            return log;
        }
    }

    /** Whether anything is verified at all. */
    boolean isOn() {
        return rooms.isOpen();
    }

    int slots() {
        return slots;
    }

    synchronized boolean isStopped() {
        return stopped;
    }

    /** Begins to verify a tree, or takes part in what was begun for it. Whoever asks calls {@link #release} if he gives up. */
    Job verify(String task, String commit, String tree) {
        Job job;
        synchronized (this) {
            job = jobs.get(tree);
            if (job == null) {
                Path file = context.folder(task, "verify").resolve("verify-" + commit + ".log");
                job = new Job(task, commit, tree, file);
                jobs.put(tree, job);
                waiting.add(job);
            }
            job.wanted++;
        }
        pump();
        return job;
    }

    /** Whether a commit of ours that belongs to no single task passes. Waits for it. */
    boolean passes(String commit) {
        return !isOn()
                || verify("held", commit, context.refs().tree(commit))
                        .verdict()
                        .join()
                        .passed();
    }

    /** What nobody wants any more ends, and is as if it had never begun; a verdict that is there stays known. */
    void release(Job job) {
        synchronized (this) {
            job.wanted--;
            if (job.wanted > 0 || job.verdict.isDone()) {
                return;
            }
            jobs.remove(job.tree, job);
            if (job.thread != null) {
                job.thread.interrupt();
                return; // its thread tells the verdict
            }
            waiting.remove(job);
        }
        job.verdict.complete(UNWANTED);
    }

    /** Interrupts what is being verified and lets no other begin. */
    void stop() {
        List<Job> never;
        synchronized (this) {
            stopped = true;
            never = List.copyOf(waiting);
            waiting.clear();
            for (Job job : running) {
                if (job.thread != null) {
                    job.thread.interrupt();
                }
            }
        }
        never.forEach(job -> job.verdict.complete(CANCELLED));
    }

    /** Starts what there is room for. Called again whenever there may be more. */
    void pump() {
        while (true) {
            Job next;
            Optional<Reservation> room;
            boolean begins;
            synchronized (this) {
                if (waiting.isEmpty() || running.size() >= slots) {
                    return;
                }
                room = running.isEmpty() ? Optional.empty() : admit();
                if (!running.isEmpty() && room.isEmpty()) {
                    return;
                }
                next = waiting.remove();
                begins = !stopped;
                if (begins) {
                    running.add(next); // from here on only its end takes it out, also where all is stopped meanwhile
                }
            }
            if (begins) {
                work.execute(() -> run(next, room));
            } else {
                room.ifPresent(Reservation::close);
                next.verdict.complete(CANCELLED);
            }
        }
    }

    private Optional<Reservation> admit() {
        return resources.admit() instanceof Admission.Granted granted
                ? Optional.of(granted.reservation())
                : Optional.empty();
    }

    private void run(Job job, Optional<Reservation> room) {
        Optional<Verdict> verdict = Optional.empty();
        boolean given = false;
        try {
            verdict = rooms.verify(job.task, job.commit, job.tree, job.log, verification -> ask(job, verification));
            given = verdict.isPresent();
        } catch (RuntimeException | Error e) { // the host's code: an assertion that fails is an Error
            log.atWarn().addKeyValue("task", job.task).setCause(e).log("Verification broke");
            verdict = Optional.of(new Verdict(false, "the verification broke: " + e.getMessage()));
        } finally {
            room.ifPresent(Reservation::close);
            end(job, verdict, given);
        }
    }

    /**
     * The only part that is interrupted: git at work around it must not be cut off, and must not find the flag set.
     *
     * @return empty: it was not wanted, or given up
     */
    private Optional<Verdict> ask(Job job, Supplier<Verdict> verification) {
        synchronized (this) {
            if (job.wanted <= 0 || stopped) {
                return Optional.empty();
            }
            job.thread = Thread.currentThread();
        }
        context.publish(now -> new RunEvent.VerificationStarted(now, job.task, job.commit));
        try {
            Verdict verdict = verification.get();
            return Optional.of(verdict).filter(any -> isWanted(job));
        } finally {
            synchronized (this) {
                job.thread = null;
                Thread.interrupted();
            }
        }
    }

    private synchronized boolean isWanted(Job job) {
        return job.wanted > 0 && !stopped;
    }

    /** Only a verdict of the verification's own is kept; what was given up or broke can be asked for again. */
    private void end(Job job, Optional<Verdict> verdict, boolean given) {
        Verdict told;
        synchronized (this) {
            told = verdict.orElse(stopped ? CANCELLED : UNWANTED);
            running.remove(job);
            notifyAll();
            if (!given) {
                jobs.remove(job.tree, job);
            }
        }
        context.publish(now -> new RunEvent.VerificationEnded(now, job.task, told.passed(), told.checks()));
        job.verdict.complete(told);
        pump();
    }

    /** Ends what is still being verified, and then takes the worktrees away. */
    @Override
    public void close() {
        stop();
        rooms.close();
        long patience = System.nanoTime() + PATIENCE.toNanos();
        boolean interrupted = false;
        synchronized (this) {
            while (!running.isEmpty() && System.nanoTime() < patience) {
                try {
                    wait(PATIENCE.toMillis() / 10);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (!running.isEmpty()) {
                log.atWarn().addKeyValue("run", context.run()).log("A verification does not end when interrupted");
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
