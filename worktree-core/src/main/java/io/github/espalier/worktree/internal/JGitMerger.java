package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.MergeOutcome;
import io.github.espalier.worktree.MergeRequest;
import io.github.espalier.worktree.Merger;
import io.github.espalier.worktree.UnknownRevisionException;
import io.github.espalier.worktree.UnrelatedHistoriesException;
import io.github.espalier.worktree.UnsupportedMergeException.Reason;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.jgit.errors.AmbiguousObjectException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.RevisionSyntaxException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/** Merges by JGit's recursive merger, and refuses what that would not merge as git does. */
public final class JGitMerger implements Merger {
    private final GitRepository repository;

    /** A merger for a repository. */
    public JGitMerger(GitRepository repository) {
        this.repository = repository;
    }

    @Override
    public MergeOutcome merge(MergeRequest request) {
        JGitLimits limits = new JGitLimits(repository);
        limits.checkObjectFormat();
        try (Repository objects = new FileRepositoryBuilder()
                .setGitDir(repository.commonDirectory().toFile())
                .setMustExist(true)
                .build()) {
            limits.check(objects);
            // In memory only: a style that JGit does not know would stop it, and it says nothing about what conflicts.
            objects.getConfig().setString("merge", null, "conflictStyle", "merge");
            return merge(objects, request, limits);
        } catch (IOException e) {
            throw limits.refusal(Reason.UNREADABLE, String.valueOf(e.getMessage()), e);
        }
    }

    private MergeOutcome merge(Repository objects, MergeRequest request, JGitLimits limits) throws IOException {
        try (RevWalk walk = new RevWalk(objects)) {
            RevCommit ours = commit(objects, walk, request.ours());
            RevCommit theirs = commit(objects, walk, request.theirs());
            if (walk.isMergedInto(theirs, ours)) {
                return new MergeOutcome.UpToDate(ours.getTree().name());
            }
            if (!related(objects, ours, theirs)) {
                throw new UnrelatedHistoriesException(ours.name(), theirs.name());
            }
            return new InCoreMerger(objects, limits).outcome(ours, theirs);
        }
    }

    private static RevCommit commit(Repository objects, RevWalk walk, String revision) throws IOException {
        try {
            ObjectId id = objects.resolve(revision + "^{commit}");
            if (id != null) {
                return walk.parseCommit(id);
            }
            throw new UnknownRevisionException(revision);
        } catch (RevisionSyntaxException
                | AmbiguousObjectException
                | IncorrectObjectTypeException
                | MissingObjectException e) {
            UnknownRevisionException unknown = new UnknownRevisionException(revision);
            unknown.initCause(e);
            throw unknown;
        }
    }

    private static boolean related(Repository objects, ObjectId ours, ObjectId theirs) throws IOException {
        try (RevWalk walk = new RevWalk(objects)) {
            walk.setRevFilter(RevFilter.MERGE_BASE);
            walk.markStart(walk.parseCommit(ours));
            walk.markStart(walk.parseCommit(theirs));
            return Optional.ofNullable(walk.next()).isPresent();
        }
    }
}
