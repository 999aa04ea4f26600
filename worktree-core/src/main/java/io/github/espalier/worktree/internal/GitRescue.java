package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.GitCommandException;
import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.Identity;
import io.github.espalier.worktree.Refs;
import io.github.espalier.worktree.Rescue;
import io.github.espalier.worktree.RescueFailedException;
import io.github.espalier.worktree.RescueOutcome;
import io.github.espalier.worktree.RescueRequest;
import io.github.espalier.worktree.Worktree;
import io.github.espalier.worktree.WorktreeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Rescue by the git program in a room of its own. What fails because a file went, or because somebody collected garbage
 * meanwhile, is done again; a ref that was made stays in place for that, since it keeps what is there already.
 */
public final class GitRescue implements Rescue {
    private static final int ATTEMPTS = 5;

    private final GitRepository repository;
    private final long untrackedLimit;
    private final Consumer<String> afterRef;
    private final Refs refs;
    private final WorktreeHeads heads;

    public GitRescue(GitRepository repository, long untrackedLimit) {
        this(repository, untrackedLimit, ref -> {});
    }

    /** For tests: with something that happens whenever the ref is there and not checked yet. */
    GitRescue(GitRepository repository, long untrackedLimit, Consumer<String> afterRef) {
        this.repository = repository;
        this.untrackedLimit = untrackedLimit;
        this.afterRef = afterRef;
        refs = Refs.of(repository);
        heads = new WorktreeHeads(repository);
    }

    @Override
    public RescueOutcome save(RescueRequest request) {
        Names.requireRef(request.ref());
        RescueRef ref = new RescueRef(repository, request.ref());
        try {
            return save(request, ref);
        } catch (RescueFailedException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            RescueFailedException failed =
                    new RescueFailedException(request.worktree().directory(), e);
            ref.takeBack(failed);
            throw failed;
        }
    }

    private RescueOutcome save(RescueRequest request, RescueRef ref) throws IOException {
        Instant now = Instant.now();
        for (int attempt = 1; ; attempt++) {
            try (RescueRoom room = new RescueRoom(repository)) {
                RescueOutcome outcome = attempt(request, room, ref, now, attempt > 1);
                if (!(outcome instanceof RescueOutcome.Saved saved)) {
                    return outcome;
                }
                afterRef.accept(saved.ref());
                if (isHandedOver(room, saved.commit(), request.worktree())) {
                    return saved;
                }
                if (attempt == ATTEMPTS) {
                    throw new WorktreeException("objects of " + saved.commit() + " are missing from the repository, "
                            + attempt + " times in a row; let git gc end, see git fsck, and rescue again");
                }
            } catch (GitCommandException e) {
                if (attempt == ATTEMPTS || isFinal(e)) {
                    throw e;
                }
            }
        }
    }

    /** The ref protects what is there now; what went before it did is in the room still. */
    private boolean isHandedOver(RescueRoom room, String commit, Worktree worktree) throws IOException {
        boolean complete = Connectivity.isComplete(repository, commit, worktree);
        if (!complete) {
            room.handOver();
            complete = Connectivity.isComplete(repository, commit, worktree);
        }
        return complete;
    }

    private static boolean isFinal(GitCommandException e) {
        return e.exitCode() == GitCommandException.NO_EXIT_CODE
                || e.stderr().contains("No space left on device")
                || e.stderr().contains("Disk quota exceeded")
                || e.stderr().contains("Permission denied");
    }

    private RescueOutcome attempt(RescueRequest request, RescueRoom room, RescueRef ref, Instant now, boolean again)
            throws IOException {
        Worktree worktree = request.worktree();
        Optional<Path> place = WorktreePlace.find(worktree);
        Path directory = place.orElse(room.emptyFolder());
        String head = heads.head(worktree);
        RescueTree trees =
                new RescueTree(room, worktree, directory, head, untrackedLimit, request.includeIgnored(), again);
        String index = trees.index();
        String files = place.isPresent() ? trees.files() : index;
        String headTree = trees.headTree();
        List<String> parents = new ArrayList<>(List.of(head));
        if (!index.equals(headTree) && !index.equals(files)) {
            parents.add(commit(room, directory, index, List.of(head), "Index of a rescued worktree", Instant.EPOCH));
        }
        parents.addAll(heads.unreached(worktree, head));
        boolean onBranch = refs.commit(worktree.ref())
                .map(tip -> refs.isAncestor(head, tip))
                .orElse(false);
        boolean nothing = files.equals(headTree) && parents.size() == 1 && onBranch;
        List<String> leftOut = new ArrayList<>(trees.leftOut());
        if (place.isEmpty()) {
            String gone = gone(worktree);
            if (nothing) {
                throw new RescueFailedException(worktree.directory(), gone);
            }
            leftOut.add(gone);
        } else if (!directory.equals(worktree.directory()) && WorktreePlace.holdsFiles(worktree.directory())) {
            leftOut.add(worktree.directory() + ": is there although the worktree was moved to " + directory);
        }
        if (nothing && leftOut.isEmpty()) {
            return new RescueOutcome.NothingToSave(head);
        }
        String kept = ref.keep(
                files,
                parents,
                () -> handedOver(room, commit(room, directory, files, parents, request.message(), now)));
        return new RescueOutcome.Saved(ref.name(), kept, leftOut);
    }

    private static String handedOver(RescueRoom room, String commit) {
        try {
            room.handOver();
            return commit;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String gone(Worktree worktree) {
        return "the directory is gone and with it its files; if it was moved, look for a folder whose .git file names "
                + worktree.gitDirectory();
    }

    private static String commit(
            RescueRoom room, Path directory, String tree, List<String> parents, String message, Instant time) {
        List<String> arguments = new ArrayList<>(List.of("commit-tree", tree));
        parents.forEach(parent -> arguments.addAll(List.of("-p", parent)));
        arguments.addAll(List.of("-F", "-"));
        // An index commit bears always the same time, so that the same content gives the same id.
        String date = "@" + time.getEpochSecond() + " +0000";
        return room.git(directory, "index", arguments.toArray(String[]::new))
                .author(Identity.DEFAULT)
                .committer(Identity.DEFAULT)
                .environment("GIT_AUTHOR_DATE", date)
                .environment("GIT_COMMITTER_DATE", date)
                .input(message.isEmpty() ? "\n" : message)
                .run()
                .line();
    }
}
