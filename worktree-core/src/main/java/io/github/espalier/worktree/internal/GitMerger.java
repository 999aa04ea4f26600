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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Merges by {@code git merge-tree --write-tree}; by JGit where git crashes. */
public final class GitMerger implements Merger {
    private static final Logger log = LoggerFactory.getLogger(GitMerger.class);
    private static final int CONFLICTED = 1;
    private static final int FATAL = 128;

    private final GitRepository repository;
    private final Git git;
    private final Merger fallback;

    /** A merger for a repository. */
    public GitMerger(GitRepository repository) {
        this.repository = repository;
        this.git = Git.of(repository);
        this.fallback = new JGitMerger(repository);
    }

    @Override
    public MergeOutcome merge(MergeRequest request) {
        List<Revisions.Commit> sides = Revisions.resolve(git, request.ours(), request.theirs());
        Revisions.Commit ours = sides.get(0);
        Revisions.Commit theirs = sides.get(1);
        if (ours.id().equals(theirs.id())) {
            return new MergeOutcome.UpToDate(ours.tree());
        }
        try {
            return outcome(ours, theirs, mergeTree(ours, theirs));
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

    private Git.Result mergeTree(Revisions.Commit ours, Revisions.Commit theirs) {
        try (MergeRoom room = MergeRoom.open(git, ours.tree())) {
            return Git.in(repository.commonDirectory(), room.workTree())
                    .fetching(repository)
                    .command("merge-tree", "--write-tree", "-z", "--messages", ours.id(), theirs.id())
                    .config("include.path", room.configuration().toString())
                    .accept(CONFLICTED)
                    .run();
        }
    }

    private MergeOutcome outcome(Revisions.Commit ours, Revisions.Commit theirs, Git.Result result) {
        MergeTreeOutput output = MergeTreeOutput.parse(result.text());
        if (result.exitCode() == CONFLICTED) {
            return new MergeOutcome.Conflicted(output.conflicts(), Optional.of(output.tree()));
        }
        // Only a merge that changes nothing can be one of a commit that we have already.
        boolean same = output.tree().equals(ours.tree());
        return same && contains(ours, theirs)
                ? new MergeOutcome.UpToDate(ours.tree())
                : new MergeOutcome.Merged(output.tree());
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
