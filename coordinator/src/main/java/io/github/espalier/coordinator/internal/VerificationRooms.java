package io.github.espalier.coordinator.internal;

import io.github.espalier.coordinator.Verification;
import io.github.espalier.coordinator.Verification.Verdict;
import io.github.espalier.worktree.Removal;
import io.github.espalier.worktree.TrustedConfiguration;
import io.github.espalier.worktree.Worktree;
import io.github.espalier.worktree.WorktreeException;
import io.github.espalier.worktree.WorktreeRequest;
import io.github.espalier.worktree.WorktreeReset;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Worktrees that hold merged trees while they are verified. One that is free is brought to the next tree; a new one is made
 * only where none is. Thread-safe.
 */
final class VerificationRooms implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Verification.class);

    private final RunContext context;
    private final Optional<Verification> verification;
    private final Setup setup;
    private final WorktreeReset reset;
    private final Deque<Worktree> free = new ArrayDeque<>();
    private final AtomicInteger count = new AtomicInteger();
    private boolean closed;

    VerificationRooms(RunContext context, TrustedConfiguration trusted) {
        this.context = context;
        verification = context.configuration().landings().verification();
        setup = new Setup(context);
        reset = WorktreeReset.of(context.repository(), trusted);
    }

    boolean isOpen() {
        return verification.isPresent();
    }

    /**
     * Checks a tree out and lets it be verified. What the verification throws is thrown on.
     *
     * @param ask runs the verification, or gives it up: then nothing is known of what may still write there
     * @return what that returned
     */
    Optional<Verdict> verify(
            String task, String commit, String tree, Path logFile, Function<Supplier<Verdict>, Optional<Verdict>> ask) {
        requireTree(commit, tree);
        Worktree room = lease(task, commit, tree);
        Optional<Verdict> verdict = Optional.empty();
        try {
            setup.prepare(
                    task, room, context.folder(task, "setup-" + room.directory().getFileName()));
            Verification.Request request = new Verification.Request(task, room.directory(), commit, tree, logFile);
            verdict = ask.apply(() -> verification.orElseThrow().verify(request));
            verdict.ifPresent(told -> {
                context.journal().result("verify", Map.of("task", task, "tree", tree, "passed", told.passed()));
                log.atInfo()
                        .addKeyValue("task", task)
                        .addKeyValue("commit", commit)
                        .addKeyValue("passed", told.passed())
                        .log("Verified");
            });
            return verdict;
        } finally {
            giveBack(room, verdict.isPresent());
        }
    }

    /** Verdicts are known by tree: one given on another tree would let that one be published. */
    private void requireTree(String commit, String tree) {
        String actual = context.refs().tree(commit);
        if (!actual.equals(tree)) {
            throw new IllegalStateException(
                    "commit " + commit + " has tree " + actual + ", and " + tree + " is to be verified");
        }
    }

    private Worktree lease(String task, String commit, String tree) {
        Optional<Worktree> leased = takeFree();
        if (leased.isPresent()) {
            Worktree room = leased.get();
            note(task, commit, tree, room.directory(), room.branch());
            try {
                return reset.to(room, commit);
            } catch (WorktreeException e) {
                log.atWarn()
                        .addKeyValue("directory", room.directory())
                        .setCause(e)
                        .log("A worktree could not be used again");
                discard(room, commit);
            }
        }
        String name = "verify-" + context.run() + "-" + count.incrementAndGet();
        WorktreeRequest request = new WorktreeRequest(
                context.repository().parent().resolve(context.repository().name() + "-wt" + name),
                "espalier/" + name,
                commit);
        note(task, commit, tree, request.directory(), request.branch());
        return context.worktrees().add(request);
    }

    private void note(String task, String commit, String tree, Path directory, String branch) {
        context.journal()
                .intent(
                        "verify",
                        Map.of(
                                "task", task,
                                "commit", commit,
                                "tree", tree,
                                "directory", directory,
                                "branch", branch));
    }

    private synchronized Optional<Worktree> takeFree() {
        return Optional.ofNullable(free.poll());
    }

    /** What was interrupted may have left a process behind that still writes. */
    private void giveBack(Worktree room, boolean whole) {
        synchronized (this) {
            if (whole && !closed) {
                free.push(room);
                return;
            }
        }
        discard(room, room.base());
    }

    /**
     * @param commit where its branch may be too: a reset that failed may have moved it
     */
    private void discard(Worktree room, String commit) {
        try {
            String tip = context.refs().read(room.ref()).filter(commit::equals).orElse(room.base());
            context.worktrees().remove(room, Removal.deletingBranchAt(tip).afterRescue());
        } catch (RuntimeException e) {
            log.atWarn().addKeyValue("directory", room.directory()).setCause(e).log("Left a verification worktree");
        }
    }

    @Override
    public void close() {
        Deque<Worktree> left;
        synchronized (this) {
            closed = true;
            left = new ArrayDeque<>(free);
            free.clear();
        }
        left.forEach(room -> discard(room, room.base()));
    }
}
