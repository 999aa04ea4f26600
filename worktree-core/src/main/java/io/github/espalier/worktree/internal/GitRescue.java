package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.Identity;
import io.github.espalier.worktree.Refs;
import io.github.espalier.worktree.Rescue;
import io.github.espalier.worktree.RescueFailedException;
import io.github.espalier.worktree.RescueOutcome;
import io.github.espalier.worktree.RescueRequest;
import io.github.espalier.worktree.Worktree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rescue by the git program in a room of its own. */
public final class GitRescue implements Rescue {
    private final GitRepository repository;
    private final long untrackedLimit;
    private final Refs refs;
    private final WorktreeHeads heads;

    public GitRescue(GitRepository repository, long untrackedLimit) {
        this.repository = repository;
        this.untrackedLimit = untrackedLimit;
        refs = Refs.of(repository);
        heads = new WorktreeHeads(repository);
    }

    @Override
    public RescueOutcome save(RescueRequest request) {
        Names.requireRef(request.ref());
        try (RescueRoom room = new RescueRoom(repository)) {
            return save(request, room);
        } catch (IOException | RuntimeException e) {
            throw new RescueFailedException(request.worktree().directory(), e);
        }
    }

    private RescueOutcome save(RescueRequest request, RescueRoom room) throws IOException {
        Worktree worktree = request.worktree();
        String head = heads.head(worktree);
        RescueTree trees = new RescueTree(room, worktree, head, untrackedLimit, request.includeIgnored());
        String index = trees.index();
        String files = trees.files();
        String headTree = trees.headTree();
        List<String> parents = new ArrayList<>(List.of(head));
        if (!index.equals(headTree) && !index.equals(files)) {
            parents.add(commit(room, worktree, index, List.of(head), "Index of a rescued worktree", true));
        }
        parents.addAll(heads.unreached(worktree, head));
        boolean onBranch = refs.commit(worktree.ref())
                .map(tip -> refs.isAncestor(head, tip))
                .orElse(false);
        if (files.equals(headTree)
                && parents.size() == 1
                && onBranch
                && trees.leftOut().isEmpty()) {
            return new RescueOutcome.NothingToSave(head);
        }
        return keep(request, room, files, parents, trees.leftOut());
    }

    private RescueOutcome keep(
            RescueRequest request, RescueRoom room, String tree, List<String> parents, List<String> leftOut) {
        for (int number = 1; ; number++) {
            String ref = number == 1 ? request.ref() : request.ref() + "-" + number;
            Optional<String> there = refs.commit(ref);
            if (there.isEmpty()) {
                String commit = commit(room, request.worktree(), tree, parents, request.message(), false);
                refs.create(ref, commit, "espalier: rescue");
                return new RescueOutcome.Saved(ref, commit, leftOut);
            }
            String same = tree + " " + String.join(" ", parents);
            if (Git.of(repository)
                    .offline()
                    .command("log", "-1", "--no-show-signature", "--format=%T %P", there.get())
                    .run()
                    .line()
                    .equals(same)) {
                return new RescueOutcome.Saved(ref, there.get(), leftOut);
            }
        }
    }

    /** An index commit bears no time, so that the same content gives the same id. */
    private static String commit(
            RescueRoom room, Worktree worktree, String tree, List<String> parents, String message, boolean timeless) {
        List<String> arguments = new ArrayList<>(List.of("commit-tree", tree));
        parents.forEach(parent -> arguments.addAll(List.of("-p", parent)));
        arguments.addAll(List.of("-F", "-"));
        Git.Command command = room.git(worktree.directory(), "index", arguments.toArray(String[]::new))
                .author(Identity.DEFAULT)
                .committer(Identity.DEFAULT)
                .input(message.isEmpty() ? "\n" : message);
        if (timeless) {
            command.environment("GIT_AUTHOR_DATE", "@1 +0000").environment("GIT_COMMITTER_DATE", "@1 +0000");
        }
        return command.run().line();
    }
}
