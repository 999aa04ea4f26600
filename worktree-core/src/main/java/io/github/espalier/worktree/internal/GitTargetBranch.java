package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.NotAnAncestorException;
import io.github.espalier.worktree.Refs;
import io.github.espalier.worktree.TargetBranch;
import io.github.espalier.worktree.TrustedConfiguration;
import io.github.espalier.worktree.WorktreeEntry;
import io.github.espalier.worktree.WorktreeException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The target by the git program. The order is: lock the ref at its expected value, bring the checkouts along, publish
 * the ref. So nobody can commit in a checkout between the two steps, and a checkout is never behind its branch.
 */
public final class GitTargetBranch implements TargetBranch {
    private static final Logger log = LoggerFactory.getLogger(TargetBranch.class);

    private final GitRepository repository;
    private final String branch;
    private final String ref;
    private final TrustedConfiguration configuration;
    private final Git git;

    public GitTargetBranch(GitRepository repository, String branch, TrustedConfiguration configuration) {
        Names.requireBranch(branch);
        this.repository = repository;
        this.branch = branch;
        ref = "refs/heads/" + branch;
        this.configuration = configuration;
        git = Git.of(repository);
    }

    @Override
    public String name() {
        return branch;
    }

    @Override
    public String tip() {
        return tip(repository, branch);
    }

    /** Where a branch is. */
    public static String tip(GitRepository repository, String branch) {
        Names.requireBranch(branch);
        return Refs.of(repository)
                .read("refs/heads/" + branch)
                .orElseThrow(() -> new WorktreeException("target branch " + branch
                        + ": does not exist or has no commit yet; create it with a first commit"));
    }

    @Override
    public AdvanceOutcome advance(String from, String to, String reason) {
        return move(
                from,
                to,
                () -> requireAncestor(from, to, branch + " would lose commits; integrate them first"),
                reason,
                "Advanced target");
    }

    @Override
    public AdvanceOutcome retreat(String from, String to, String reason) {
        String remedy = branch + " cannot go back to where it never was; give a commit of its history";
        return move(from, to, () -> requireAncestor(to, from, remedy), reason, "Moved target back");
    }

    private void requireAncestor(String ancestor, String descendant, String remedy) {
        if (!Refs.of(repository).isAncestor(ancestor, descendant)) {
            throw new NotAnAncestorException(ancestor, descendant, remedy);
        }
    }

    private AdvanceOutcome move(String from, String to, Runnable check, String reason, String done) {
        Names.requireObjectId(from);
        Names.requireObjectId(to);
        String actual = tip();
        if (!actual.equals(from)) {
            return new AdvanceOutcome.Moved(actual);
        }
        check.run();
        AdvanceOutcome outcome = move(from, to, reason);
        if (outcome instanceof AdvanceOutcome.Advanced) {
            log.atInfo()
                    .addKeyValue("target", branch)
                    .addKeyValue("from", from)
                    .addKeyValue("to", to)
                    .log(done);
        }
        return outcome;
    }

    private AdvanceOutcome move(String from, String to, String reason) {
        String real = realRef();
        Optional<RefTransaction> prepared = RefTransaction.prepare(git, real, from, to, Names.reflogLine(reason));
        if (prepared.isPresent()) {
            try (RefTransaction transaction = prepared.get()) {
                return publish(transaction, real, from, to);
            }
        }
        String now = tip();
        return now.equals(from)
                ? new AdvanceOutcome.Held(
                        repository.commonDirectory(),
                        real + ".lock: the ref is locked by another git process",
                        List.of())
                : new AdvanceOutcome.Moved(now);
    }

    @Override
    public List<Path> settle(String from, String to, List<Path> locks) {
        if (!tip().equals(from) || !isThere(from, to)) {
            return List.of();
        }
        List<Path> settled = new ArrayList<>();
        for (Checkout checkout : checkouts(realRef())) {
            if (checkout.settle(from, to, locks)) {
                settled.add(checkout.directory());
            }
        }
        return settled;
    }

    /** What is held by a ref for as long as a checkout may be on its way to it: of what is gone, nothing was done. */
    private boolean isThere(String from, String to) {
        boolean there = Refs.of(repository).areComplete(List.of(to), from);
        if (!there) {
            log.atInfo().addKeyValue("commit", to).log("The commit of a move that was not begun is gone");
        }
        return there;
    }

    /** A branch can be another name of a branch; checkouts and ref transactions go by the real one. */
    private String realRef() {
        if (RefFiles.read(repository.commonDirectory(), ref) instanceof RefFiles.Found.Id) {
            return ref;
        }
        String name =
                git.command("symbolic-ref", "--quiet", ref).accept(1).run().line();
        return name.isEmpty() ? ref : name;
    }

    private AdvanceOutcome publish(RefTransaction transaction, String real, String from, String to) {
        List<Checkout> checkouts = checkouts(real);
        for (Checkout checkout : checkouts) {
            Optional<Checkout.Refusal> refusal = checkout.isRebasing(real)
                    ? Optional.of(new Checkout.Refusal("a rebase of the target is in progress there", List.of()))
                    : checkout.refusal(from, to);
            if (refusal.isPresent()) {
                return held(checkout, refusal.get());
            }
        }
        List<Checkout> followed = new ArrayList<>();
        try {
            for (Checkout checkout : checkouts) {
                Optional<Checkout.Refusal> refusal = checkout.follow(from, to);
                if (refusal.isPresent()) {
                    bringBack(followed, from, to);
                    return held(checkout, refusal.get());
                }
                followed.add(checkout);
            }
            transaction.commit();
        } catch (RuntimeException e) {
            if (!tip().equals(to)) {
                bringBack(followed, from, to);
                throw e;
            }
        }
        return new AdvanceOutcome.Advanced(
                checkouts.stream().map(Checkout::directory).toList());
    }

    private static void bringBack(List<Checkout> followed, String from, String to) {
        for (Checkout checkout : followed) {
            checkout.follow(to, from)
                    .ifPresent(refusal -> log.atError()
                            .addKeyValue("checkout", checkout.directory())
                            .addKeyValue("reason", refusal.reason())
                            .log("A checkout is not where its branch is and could not be brought back"));
        }
    }

    private static AdvanceOutcome held(Checkout checkout, Checkout.Refusal refusal) {
        return new AdvanceOutcome.Held(checkout.directory(), refusal.reason(), refusal.paths());
    }

    /** Every worktree that has the target out, or is rebasing it; also one that is missing, for it may only be moved. */
    private List<Checkout> checkouts(String real) {
        List<Checkout> checkouts = new ArrayList<>();
        boolean main = true;
        for (WorktreeEntry entry : new WorktreeList(repository).entries()) {
            Optional<Checkout> checkout = main ? mainCheckout(entry, real) : linkedCheckout(entry, real);
            checkout.ifPresent(checkouts::add);
            main = false;
        }
        return checkouts;
    }

    /**
     * Git lists the git directory where it cannot tell the main worktree from it, and calls it bare as soon as somebody
     * says so in the configuration: we know better since the repository was opened.
     */
    private Optional<Checkout> mainCheckout(WorktreeEntry entry, String real) {
        if (repository.mainWorktree().isEmpty() && entry.bare()) {
            return Optional.empty();
        }
        Optional<String> head = HeadFile.ref(
                repository.commonDirectory(),
                git.command("symbolic-ref", "--quiet", "HEAD").accept(1));
        Path directory = repository.mainWorktree().orElse(entry.directory());
        Checkout checkout = new Checkout(repository, configuration, directory, repository.commonDirectory());
        if (!head.equals(Optional.of(real)) && !checkout.isRebasing(real)) {
            return Optional.empty();
        }
        if (repository.mainWorktree().isEmpty()) {
            throw new WorktreeException(directory + ": has " + branch + " checked out in a folder that git cannot tell;"
                    + " open the repository from there");
        }
        return Optional.of(checkout);
    }

    private Optional<Checkout> linkedCheckout(WorktreeEntry entry, String real) {
        boolean out =
                entry.branch().map(name -> real.equals("refs/heads/" + name)).orElse(false);
        if (!out && entry.branch().isPresent()) {
            return Optional.empty();
        }
        return AdminDirectories.of(repository, entry.directory())
                .map(admin -> new Checkout(repository, configuration, entry.directory(), admin))
                .filter(checkout -> out || checkout.isRebasing(real));
    }
}
