package io.github.espalier.coordinator.internal;

import io.github.espalier.coordinator.CoordinatorException;
import io.github.espalier.worktree.GitCommandException;
import io.github.espalier.worktree.GitDiedException;
import io.github.espalier.worktree.GitLockedException;
import io.github.espalier.worktree.IntegrationOutcome;
import io.github.espalier.worktree.IntegrationRequest;
import io.github.espalier.worktree.Integrator;
import io.github.espalier.worktree.RefMovedException;
import io.github.espalier.worktree.Refs;
import io.github.espalier.worktree.UnknownRevisionException;
import io.github.espalier.worktree.WorktreeException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts each commit that is to land under a ref of ours, and then looks whether all of it is there: until some ref holds it,
 * a {@code git gc --prune=now} of the user's may take it, or a part of it. Then it is made again. Thread-safe.
 */
final class AnchoredIntegrator implements Integrator, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(AnchoredIntegrator.class);
    private static final int MOST_TRIES = 10;
    private static final String ALL = "refs/espalier/landing/";

    private final Integrator integrator;
    private final Refs refs;
    private final String run;

    AnchoredIntegrator(Integrator integrator, Refs refs, String run) {
        this.integrator = integrator;
        this.refs = refs;
        this.run = run;
    }

    @Override
    public IntegrationOutcome integrate(IntegrationRequest request) {
        for (int tries = 1; tries < MOST_TRIES; tries++) {
            try {
                IntegrationOutcome outcome = integrator.integrate(request);
                if (!(outcome instanceof IntegrationOutcome.Integrated integrated) || isSafe(integrated, request)) {
                    return outcome;
                }
            } catch (GitLockedException | GitDiedException e) {
                throw e;
            } catch (GitCommandException e) { // what git had just written may be gone before it reads it
                if (e.exitCode() == GitCommandException.NO_EXIT_CODE) {
                    throw e;
                }
                log.atWarn().setCause(e).log("Git failed while it integrated; it is asked again");
            } catch (UnknownRevisionException e) { // so may a commit be that was only made to be merged
                log.atWarn().setCause(e).log("A commit was gone while it was integrated; it is done again");
            }
        }
        IntegrationOutcome outcome = integrator.integrate(request);
        if (outcome instanceof IntegrationOutcome.Integrated integrated && !isSafe(integrated, request)) {
            throw new CoordinatorException("objects of " + integrated.commit() + " or of " + request.branchTip()
                    + " are missing in the repository, for somebody collects garbage in it with --prune=now;"
                    + " look at them with git fsck");
        }
        return outcome;
    }

    /** Squash and rebase leave the branch's own commits behind, which are kept too. */
    private boolean isSafe(IntegrationOutcome.Integrated integrated, IntegrationRequest request) {
        return anchor(refs, run, integrated.commit(), List.of(request.branchTip()), request.onto());
    }

    /**
     * Puts a commit under a ref until the run is over; not one of which something is missing, at which others would stumble.
     *
     * @param others commits that have to be there too
     * @param known a commit whose objects need no look
     * @return whether all objects are there
     */
    static boolean anchor(Refs refs, String run, String commit, List<String> others, String known) {
        try {
            refs.keep(prefix(run) + commit, commit);
        } catch (RefMovedException e) {
            log.atDebug().addKeyValue("commit", commit).log("Made the same commit again");
        }
        List<String> all = new ArrayList<>(List.of(commit));
        all.addAll(others);
        boolean complete = refs.areComplete(all, known);
        if (!complete) {
            drop(refs, prefix(run) + commit);
        }
        return complete;
    }

    private static String prefix(String run) {
        return ALL + run + "/";
    }

    /** What has landed is on the target by now, and what waits is under a ref of its own. */
    @Override
    public void close() {
        drop(refs, prefix(run));
    }

    /** Takes away what runs left that could not close this; under the coordinator's lock, when none is unfinished. */
    static void dropLeft(Refs refs) {
        drop(refs, ALL);
    }

    private static void drop(Refs refs, String prefix) {
        try {
            refs.delete(refs.list(prefix));
        } catch (WorktreeException e) {
            log.atWarn().addKeyValue("refs", prefix).setCause(e).log("Left refs of commits that were to land");
        }
    }
}
