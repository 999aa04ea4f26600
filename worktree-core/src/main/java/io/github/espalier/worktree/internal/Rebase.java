package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.IntegrationOutcome;
import io.github.espalier.worktree.MergeOutcome;
import io.github.espalier.worktree.Merger;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes a branch's commits again on another commit, as {@code git rebase} does, on objects.
 *
 * <p>A commit is picked by a merge of its tree into the new parent's, with its old parent's tree as the base. git 2.39's
 * {@code merge-tree} takes no base, so that it is made to find the right one: the new parent's tree is wrapped in a commit
 * whose parent is the old parent, which makes this the only merge base. No ref holds such commits; git's garbage collection
 * takes them.
 */
final class Rebase {
    private final GitRepository repository;
    private final Git git;
    private final Merger merger;
    private final String committer;
    private final CommitWriter writer;

    Rebase(GitRepository repository, Merger merger, String committer, CommitWriter writer) {
        this.repository = repository;
        git = Git.of(repository);
        this.merger = merger;
        this.committer = committer;
        this.writer = writer;
    }

    IntegrationOutcome rebase(Revisions.Commit onto, Revisions.Commit tip) {
        Map<String, RawCommit> commits = commits(onto, tip);
        Map<String, String> treesOfParents = treesOfParents(commits);
        Revisions.Commit last = onto;
        for (Map.Entry<String, RawCommit> entry : commits.entrySet()) {
            RawCommit commit = entry.getValue();
            Optional<String> parent = commit.parents().stream().findFirst();
            if (parent.map(treesOfParents::get).filter(commit.tree()::equals).isPresent()) {
                continue;
            }
            // It is where it belongs already; but what is to be signed is made again.
            if (parent.filter(last.id()::equals).isPresent() && !writer.signs()) {
                last = new Revisions.Commit(entry.getKey(), commit.tree());
                continue;
            }
            MergeOutcome picked = pick(new Revisions.Commit(entry.getKey(), commit.tree()), commit, last);
            if (picked instanceof MergeOutcome.Conflicted conflicted) {
                return new IntegrationOutcome.Conflicted(conflicted.conflicts(), Optional.of(entry.getKey()));
            }
            String tree = picked instanceof MergeOutcome.Merged merged ? merged.tree() : last.tree();
            if (!tree.equals(last.tree())) {
                String id = writer.write(commit.again(tree, List.of(last.id()), committer));
                last = new Revisions.Commit(id, tree);
            }
        }
        return last.tree().equals(onto.tree())
                ? new IntegrationOutcome.NothingToIntegrate()
                : new IntegrationOutcome.Integrated(last.id(), last.tree());
    }

    /** What {@code git rebase} puts on its list: no merges, and nothing whose patch is on the other side already. */
    private Map<String, RawCommit> commits(Revisions.Commit onto, Revisions.Commit tip) {
        List<String> ids = git.command(
                        "rev-list",
                        "--reverse",
                        "--topo-order",
                        "--no-merges",
                        "--right-only",
                        "--cherry-pick",
                        onto.id() + "..." + tip.id())
                .run()
                .lines();
        Map<String, RawCommit> commits = new LinkedHashMap<>();
        ObjectReader.read(git, ids).forEach((id, bytes) -> commits.put(id, RawCommit.parse(bytes)));
        return commits;
    }

    private Map<String, String> treesOfParents(Map<String, RawCommit> commits) {
        Set<String> parents = new LinkedHashSet<>();
        commits.values().forEach(commit -> parents.addAll(commit.parents()));
        Map<String, String> trees = new HashMap<>();
        ObjectReader.read(git, parents)
                .forEach((id, bytes) -> trees.put(id, RawCommit.parse(bytes).tree()));
        return trees;
    }

    private MergeOutcome pick(Revisions.Commit picked, RawCommit commit, Revisions.Commit last) {
        if (commit.parents().isEmpty()) {
            // everything is new in a first commit: the base is a commit of an empty tree
            List<String> empty = List.of(wrap(emptyTree(), List.of(), commit).id());
            return CommitMerger.merge(merger, wrap(last.tree(), empty, commit), wrap(commit.tree(), empty, commit));
        }
        return CommitMerger.merge(merger, wrap(last.tree(), commit.parents(), commit), picked);
    }

    /** Dated as the commit it is for: a date far from its neighbours' would make git walk the whole history for the base. */
    private Revisions.Commit wrap(String tree, List<String> parents, RawCommit like) {
        RawCommit commit = RawCommit.of(tree, parents, like.committer(), like.committer(), "Base for a pick");
        return new Revisions.Commit(commit.write(repository), tree);
    }

    private String emptyTree() {
        return git.command("hash-object", "-t", "tree", "-w", "--stdin").run().line();
    }
}
