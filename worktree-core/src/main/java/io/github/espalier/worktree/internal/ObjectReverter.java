package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.IntegrationOutcome;
import io.github.espalier.worktree.MergeOutcome;
import io.github.espalier.worktree.MergeRequest;
import io.github.espalier.worktree.Merger;
import io.github.espalier.worktree.NotAnAncestorException;
import io.github.espalier.worktree.Refs;
import io.github.espalier.worktree.RevertRequest;
import io.github.espalier.worktree.Reverter;
import io.github.espalier.worktree.Signing;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Makes the commits that take changes out again, on objects.
 *
 * <p>That is a merge of the change's beginning into the target with the change's end as the base. git 2.39's {@code
 * merge-tree} takes no base, so that it is made to find the right one: both trees are wrapped in commits whose only parent
 * is the change's end. No ref holds such commits; git's garbage collection takes them.
 */
public final class ObjectReverter implements Reverter {
    private final GitRepository repository;
    private final Git git;
    private final Refs refs;
    private final Merger merger;
    private final Clock clock;
    private final CommitWriter writer;

    /** A reverter for a repository. */
    public ObjectReverter(GitRepository repository, Merger merger, Clock clock, Signing signing) {
        this.repository = repository;
        this.git = Git.of(repository);
        this.refs = Refs.of(repository);
        this.merger = merger;
        this.clock = clock;
        this.writer = new CommitWriter(repository, signing);
    }

    @Override
    public IntegrationOutcome revert(RevertRequest request) {
        List<Revisions.Commit> commits = Revisions.resolve(git, request.onto(), request.from(), request.to());
        Revisions.Commit onto = commits.get(0);
        Revisions.Commit from = commits.get(1);
        Revisions.Commit to = commits.get(2);
        if (!refs.isAncestor(from.id(), to.id())) {
            throw new NotAnAncestorException(
                    from.id(),
                    to.id(),
                    "so there is no change between them to take out; give the commit before the change");
        }
        if (from.tree().equals(to.tree()) || from.tree().equals(onto.tree())) {
            return new IntegrationOutcome.NothingToIntegrate();
        }
        MergeOutcome outcome = merger.merge(without(onto, from, to));
        if (outcome instanceof MergeOutcome.Conflicted conflicted) {
            return new IntegrationOutcome.Conflicted(conflicted.conflicts(), Optional.empty());
        }
        if (outcome instanceof MergeOutcome.Merged merged && !merged.tree().equals(onto.tree())) {
            String committer = RawCommit.person(request.committer(), clock);
            RawCommit commit = RawCommit.of(merged.tree(), List.of(onto.id()), committer, committer, request.message());
            return new IntegrationOutcome.Integrated(writer.write(commit), merged.tree());
        }
        return new IntegrationOutcome.NothingToIntegrate();
    }

    private MergeRequest without(Revisions.Commit onto, Revisions.Commit from, Revisions.Commit to) {
        byte[] object =
                ObjectReader.read(git, List.of(to.id())).values().iterator().next();
        // Dated as the base: a date far from its neighbours' would make git walk the whole history for it.
        String date = RawCommit.parse(object).committer();
        return new MergeRequest(wrap(onto, to, date), wrap(from, to, date));
    }

    private String wrap(Revisions.Commit commit, Revisions.Commit parent, String date) {
        return RawCommit.of(commit.tree(), List.of(parent.id()), date, date, "Side of a revert")
                .write(repository);
    }
}
