package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.IntegrationOutcome;
import io.github.espalier.worktree.IntegrationRequest;
import io.github.espalier.worktree.Integrator;
import io.github.espalier.worktree.MergeOutcome;
import io.github.espalier.worktree.Merger;
import io.github.espalier.worktree.Signing;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Makes the commits that land branches, on objects. */
public final class ObjectIntegrator implements Integrator {
    private final GitRepository repository;
    private final Git git;
    private final Merger merger;
    private final Clock clock;
    private final CommitWriter writer;

    /** An integrator for a repository. */
    public ObjectIntegrator(GitRepository repository, Merger merger, Clock clock, Signing signing) {
        this.repository = repository;
        this.git = Git.of(repository);
        this.merger = merger;
        this.clock = clock;
        writer = new CommitWriter(repository, signing);
    }

    @Override
    public IntegrationOutcome integrate(IntegrationRequest request) {
        Revisions.Commit onto = commit(request.onto());
        Revisions.Commit tip = commit(request.branchTip());
        String committer = RawCommit.person(request.committer(), clock);
        return switch (request.strategy()) {
            case MERGE -> merge(onto, tip, committer, request.message());
            case SQUASH -> squash(onto, tip, committer, request.message());
            case REBASE -> new Rebase(repository, merger, committer, writer).rebase(onto, tip);
            case FAST_FORWARD -> fastForward(onto, tip);
        };
    }

    private Revisions.Commit commit(String revision) {
        return LocalObjects.commit(repository, revision)
                .orElseGet(() -> Revisions.resolve(git, revision).get(0));
    }

    private IntegrationOutcome merge(Revisions.Commit onto, Revisions.Commit tip, String committer, String message) {
        MergeOutcome outcome = CommitMerger.merge(merger, onto, tip);
        if (outcome instanceof MergeOutcome.Conflicted conflicted) {
            return new IntegrationOutcome.Conflicted(conflicted.conflicts(), Optional.empty());
        }
        if (outcome instanceof MergeOutcome.Merged merged) {
            RawCommit commit = RawCommit.of(merged.tree(), List.of(onto.id(), tip.id()), committer, committer, message);
            return new IntegrationOutcome.Integrated(writer.write(commit), merged.tree());
        }
        return new IntegrationOutcome.NothingToIntegrate();
    }

    private IntegrationOutcome squash(Revisions.Commit onto, Revisions.Commit tip, String committer, String message) {
        MergeOutcome outcome = CommitMerger.merge(merger, onto, tip);
        if (outcome instanceof MergeOutcome.Conflicted conflicted) {
            return new IntegrationOutcome.Conflicted(conflicted.conflicts(), Optional.empty());
        }
        if (outcome instanceof MergeOutcome.Merged merged && !merged.tree().equals(onto.tree())) {
            List<RawCommit> commits = commits(onto, tip);
            List<String> authors =
                    commits.stream().map(RawCommit::authorNameInUtf8).distinct().toList();
            String author = authors.size() == 1 ? commits.get(0).authorInUtf8() : committer;
            String told = authors.size() > 1 ? CoAuthors.in(message, authors) : message;
            RawCommit commit = RawCommit.of(merged.tree(), List.of(onto.id()), author, committer, told);
            return new IntegrationOutcome.Integrated(writer.write(commit), merged.tree());
        }
        return new IntegrationOutcome.NothingToIntegrate();
    }

    /** The last one first. Merges are not counted: they bring others' work in. */
    private List<RawCommit> commits(Revisions.Commit onto, Revisions.Commit tip) {
        List<String> ids = git.command("rev-list", "--no-merges", "--topo-order", tip.id(), "^" + onto.id())
                .run()
                .lines();
        return ObjectReader.read(git, ids).values().stream()
                .map(RawCommit::parse)
                .toList();
    }

    private IntegrationOutcome fastForward(Revisions.Commit onto, Revisions.Commit tip) {
        if (isAncestor(tip, onto)) {
            return new IntegrationOutcome.NothingToIntegrate();
        }
        return isAncestor(onto, tip)
                ? new IntegrationOutcome.Integrated(tip.id(), tip.tree())
                : new IntegrationOutcome.NotFastForward();
    }

    private boolean isAncestor(Revisions.Commit ancestor, Revisions.Commit descendant) {
        return git.command("merge-base", "--is-ancestor", ancestor.id(), descendant.id())
                        .accept(1)
                        .run()
                        .exitCode()
                == 0;
    }
}
