package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.GitCommandException;
import io.github.espalier.worktree.GitDiedException;
import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.MergeOutcome;
import io.github.espalier.worktree.MergeRequest;
import io.github.espalier.worktree.Merger;
import io.github.espalier.worktree.UnrelatedHistoriesException;
import io.github.espalier.worktree.UnsupportedMergeException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Merges by {@code git merge-tree --write-tree}; by JGit where git crashes. */
public final class GitMerger implements CommitMerger {
    private static final Logger log = LoggerFactory.getLogger(GitMerger.class);
    private static final int CONFLICTED = 1;
    private static final int FATAL = 128;

    private final GitRepository repository;
    private final Git git;
    private final Merger fallback;
    private final MergeDrivers drivers;
    private final AttributeIndex attributes;
    private final MergeRooms rooms;

    /** A merger for a repository that runs some of its merge drivers, as they are configured now. */
    public GitMerger(GitRepository repository, Set<String> allowedDrivers) {
        this.repository = repository;
        this.git = Git.of(repository);
        this.fallback = new JGitMerger(repository);
        this.drivers = MergeDrivers.allow(git, allowedDrivers);
        this.attributes = new AttributeIndex(repository);
        this.rooms = new MergeRooms(repository, attributes, allowedDrivers.isEmpty());
    }

    @Override
    public MergeOutcome merge(MergeRequest request) {
        CompletableFuture<GitResult> configuration = Configuration.listing(git).beside();
        List<Revisions.Commit> sides = Revisions.resolve(git, request.ours(), request.theirs());
        return merge(sides.get(0), sides.get(1), configuration);
    }

    @Override
    public MergeOutcome merge(Revisions.Commit ours, Revisions.Commit theirs) {
        return merge(ours, theirs, Configuration.listing(git).beside());
    }

    private MergeOutcome merge(Revisions.Commit ours, Revisions.Commit theirs, CompletableFuture<GitResult> listing) {
        if (ours.id().equals(theirs.id())) {
            return new MergeOutcome.UpToDate(ours.tree());
        }
        AttributeFiles files = attributes.of(ours.tree());
        Configuration configuration = guarded(GitResult.of(listing));
        try (MergeRooms.Lease lease = rooms.lease(files, configuration)) {
            GitResult result = mergeTree(lease.room(), ours, theirs);
            return outcome(ours, theirs, result.exitCode() == CONFLICTED, MergeTreeOutput.parse(result.text()));
        } catch (GitCommandException e) {
            if (e.exitCode() > FATAL) {
                return mergeWithoutGit(ours, theirs, e);
            }
            if (e.exitCode() == FATAL && !related(ours, theirs)) {
                throw new UnrelatedHistoriesException(ours.id(), theirs.id());
            }
            throw e;
        }
    }

    private GitResult mergeTree(MergeRoom room, Revisions.Commit ours, Revisions.Commit theirs) {
        return room.command(repository, "merge-tree", "--write-tree", "-z", "--messages", ours.id(), theirs.id())
                .accept(CONFLICTED)
                .run();
    }

    /** What git's answer comes to. */
    MergeOutcome outcome(Revisions.Commit ours, Revisions.Commit theirs, boolean conflicted, MergeTreeOutput output) {
        if (conflicted) {
            return new MergeOutcome.Conflicted(output.conflicts(), Optional.of(output.tree()));
        }
        // Only a merge that changes nothing can be one of a commit that we have already.
        boolean same = output.tree().equals(ours.tree());
        return same && contains(ours, theirs)
                ? new MergeOutcome.UpToDate(ours.tree())
                : new MergeOutcome.Merged(output.tree());
    }

    AttributeIndex attributes() {
        return attributes;
    }

    MergeRooms rooms() {
        return rooms;
    }

    /** The present configuration without what must not run: a merge that renormalizes would run filters. */
    Configuration configuration() {
        return guarded(Configuration.listing(git).run());
    }

    private Configuration guarded(GitResult listing) {
        return drivers.guard(
                Configuration.of(listing).without(setting -> setting.section().equals("filter")));
    }

    private MergeOutcome mergeWithoutGit(Revisions.Commit ours, Revisions.Commit theirs, GitCommandException crash) {
        log.atWarn()
                .addKeyValue("repository", repository.commonDirectory())
                .addKeyValue("ours", ours.id())
                .addKeyValue("theirs", theirs.id())
                .addKeyValue("exitCode", crash.exitCode())
                .addKeyValue("stderr", crash.stderr().strip())
                .log("git crashed while merging; merging with JGit instead");
        try {
            return fallback.merge(new MergeRequest(ours.id(), theirs.id()));
        } catch (UnsupportedMergeException e) {
            GitDiedException died = new GitDiedException(crash);
            died.addSuppressed(e);
            throw died;
        }
    }

    private boolean contains(Revisions.Commit descendant, Revisions.Commit ancestor) {
        return git.command("merge-base", "--is-ancestor", ancestor.id(), descendant.id())
                        .accept(1)
                        .run()
                        .exitCode()
                == 0;
    }

    private boolean related(Revisions.Commit ours, Revisions.Commit theirs) {
        return git.command("merge-base", ours.id(), theirs.id()).accept(1).run().exitCode() == 0;
    }
}
