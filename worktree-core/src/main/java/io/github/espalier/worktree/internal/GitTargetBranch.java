package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.Refs;
import io.github.espalier.worktree.TargetBranch;
import io.github.espalier.worktree.WorktreeEntry;
import io.github.espalier.worktree.WorktreeException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The target by the git program. The order is: lock the ref at its expected value, bring the checkouts forward, publish
 * the ref. So nobody can commit in a checkout between the two steps, and a checkout is never behind its branch.
 */
public final class GitTargetBranch implements TargetBranch {
    private static final Logger log = LoggerFactory.getLogger(TargetBranch.class);

    private final GitRepository repository;
    private final String branch;
    private final String ref;
    private final Git git;

    public GitTargetBranch(GitRepository repository, String branch) {
        Names.requireBranch(branch);
        this.repository = repository;
        this.branch = branch;
        ref = "refs/heads/" + branch;
        git = Git.of(repository);
    }

    @Override
    public String name() {
        return branch;
    }

    @Override
    public String tip() {
        return Refs.of(repository)
                .commit(ref)
                .orElseThrow(() -> new WorktreeException("target branch " + branch
                        + ": does not exist or has no commit yet; create it with a first commit"));
    }

    @Override
    public AdvanceOutcome advance(String from, String to, String reason) {
        String actual = tip();
        if (!actual.equals(from)) {
            return new AdvanceOutcome.Moved(actual);
        }
        List<Checkout> checkouts = checkouts();
        for (Checkout checkout : checkouts) {
            Optional<Checkout.Refusal> refusal = checkout.isRebasing(ref)
                    ? Optional.of(new Checkout.Refusal("a rebase of the target is in progress there", List.of()))
                    : checkout.refusal(from, to);
            if (refusal.isPresent()) {
                return held(checkout, refusal.get());
            }
        }
        return publish(from, to, reason, checkouts);
    }

    private AdvanceOutcome publish(String from, String to, String reason, List<Checkout> checkouts) {
        Optional<RefTransaction> prepared = RefTransaction.prepare(git, ref, from, to, reason);
        if (prepared.isEmpty()) {
            String actual = tip();
            return actual.equals(from)
                    ? new AdvanceOutcome.Held(
                            repository.commonDirectory(), "the ref is locked by another git process", List.of())
                    : new AdvanceOutcome.Moved(actual);
        }
        try (RefTransaction transaction = prepared.get()) {
            List<Checkout> followed = new ArrayList<>();
            for (Checkout checkout : checkouts) {
                Optional<Checkout.Refusal> refusal = checkout.follow(from, to);
                if (refusal.isPresent()) {
                    followed.forEach(done -> done.follow(to, from));
                    return held(checkout, refusal.get());
                }
                followed.add(checkout);
            }
            transaction.commit();
            log.atInfo()
                    .addKeyValue("target", branch)
                    .addKeyValue("from", from)
                    .addKeyValue("to", to)
                    .log("Advanced target");
            return new AdvanceOutcome.Advanced(
                    checkouts.stream().map(Checkout::directory).toList());
        }
    }

    private static AdvanceOutcome held(Checkout checkout, Checkout.Refusal refusal) {
        return new AdvanceOutcome.Held(checkout.directory(), refusal.reason(), refusal.paths());
    }

    /** Every sound worktree that has the target out, or is rebasing it. */
    private List<Checkout> checkouts() {
        List<Checkout> checkouts = new ArrayList<>();
        for (WorktreeEntry entry : new WorktreeList(git).entries()) {
            if (entry.bare() || entry.missing().isPresent()) {
                continue;
            }
            boolean out = entry.branch().equals(Optional.of(branch));
            if (out || entry.branch().isEmpty()) {
                Optional<Path> admin = AdminDirectories.of(repository, entry.directory());
                admin.map(path -> new Checkout(entry.directory(), path))
                        .filter(checkout -> out || checkout.isRebasing(ref))
                        .ifPresent(checkouts::add);
            }
        }
        return checkouts;
    }
}
