package io.github.espalier.coordinator.internal;

import io.github.espalier.coordinator.Verification;
import io.github.espalier.coordinator.Verification.Verdict;
import io.github.espalier.worktree.Removal;
import io.github.espalier.worktree.Worktree;
import io.github.espalier.worktree.WorktreeRequest;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives each verification a worktree of its own that holds the merged tree, and takes it away again. Thread-safe. */
final class VerificationRoom {
    private static final Logger log = LoggerFactory.getLogger(Verification.class);

    private static final String CANCELLED = "the run was cancelled";

    private final RunContext context;
    private final Optional<Verification> verification;
    private final Setup setup;
    private final Set<Thread> verifying = new HashSet<>();
    private final AtomicInteger count = new AtomicInteger();
    private boolean stopped;

    VerificationRoom(RunContext context) {
        this.context = context;
        verification = context.configuration().landings().verification();
        setup = new Setup(context);
    }

    /** Whether anything is verified at all. */
    boolean isOpen() {
        return verification.isPresent();
    }

    /** Interrupts what is being verified and lets no other begin. */
    synchronized void stop() {
        stopped = true;
        verifying.forEach(Thread::interrupt);
    }

    synchronized boolean isStopped() {
        return stopped;
    }

    /** Whether a commit of ours that belongs to no single task passes. */
    boolean passes(String commit) {
        Path log = context.folder("held", "verify").resolve("verify-" + commit + ".log");
        return !isOpen()
                || verify("held", commit, context.refs().tree(commit), log).passed();
    }

    Verdict verify(String task, String commit, String tree, Path logFile) {
        if (isStopped()) {
            return new Verdict(false, CANCELLED);
        }
        String name = "verify-" + context.run() + "-" + count.incrementAndGet();
        WorktreeRequest request = new WorktreeRequest(
                context.repository().parent().resolve(context.repository().name() + "-wt" + name),
                "espalier/" + name,
                commit);
        context.journal()
                .intent(
                        "verify",
                        Map.of(
                                "task", task,
                                "commit", commit,
                                "tree", tree,
                                "directory", request.directory(),
                                "branch", request.branch()));
        Worktree worktree = context.worktrees().add(request);
        try {
            setup.prepare(task, worktree, context.folder(task, "setup-" + name));
            Verdict verdict = ask(new Verification.Request(task, worktree.directory(), commit, tree, logFile));
            context.journal().result("verify", Map.of("task", task, "tree", tree, "passed", verdict.passed()));
            log.atInfo()
                    .addKeyValue("task", task)
                    .addKeyValue("commit", commit)
                    .addKeyValue("passed", verdict.passed())
                    .log("Verified");
            return verdict;
        } catch (RuntimeException | Error e) { // the host's code: an assertion that fails is an Error
            log.atWarn().addKeyValue("task", task).setCause(e).log("Verification broke");
            return new Verdict(false, "the verification broke: " + e.getMessage());
        } finally {
            discard(worktree, commit);
        }
    }

    /** The only part that is interrupted: what comes after must not find the flag set. */
    private Verdict ask(Verification.Request request) {
        synchronized (this) {
            if (stopped) {
                return new Verdict(false, CANCELLED);
            }
            verifying.add(Thread.currentThread());
        }
        try {
            return verification.orElseThrow().verify(request);
        } finally {
            synchronized (this) {
                verifying.remove(Thread.currentThread());
                Thread.interrupted();
            }
        }
    }

    private void discard(Worktree worktree, String commit) {
        try {
            context.worktrees()
                    .remove(worktree, Removal.deletingBranchAt(commit).afterRescue());
        } catch (RuntimeException e) {
            log.atWarn()
                    .addKeyValue("directory", worktree.directory())
                    .setCause(e)
                    .log("Left a verification worktree");
        }
    }
}
