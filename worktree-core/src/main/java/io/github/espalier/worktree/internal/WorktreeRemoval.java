package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.Removal;
import io.github.espalier.worktree.UnsavedWorkException;
import io.github.espalier.worktree.Worktree;
import io.github.espalier.worktree.WorktreeEntry;
import io.github.espalier.worktree.WorktreeLockedException;
import io.github.espalier.worktree.WorktreeManager;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes worktrees that hold nothing that is nowhere else: after a look, or at once and with a look aside. Thread-safe. */
final class WorktreeRemoval implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WorktreeManager.class);
    private static final String SUBMODULES =
            "holds initialised submodules, whose commits lie only there; push and remove them";

    private final GitRepository repository;
    private final RepositoryLock lock;
    private final Trash trash;
    private final UnsavedWork unsaved;
    private final OwnBranches branches;
    private final Departures departures;
    private final BackgroundThread lastLooks = new BackgroundThread("espalier-removal");

    WorktreeRemoval(
            GitRepository repository, RepositoryLock lock, Trash trash, UnsavedWork unsaved, OwnBranches branches) {
        this.repository = repository;
        this.lock = lock;
        this.trash = trash;
        this.unsaved = unsaved;
        this.branches = branches;
        departures = new Departures(repository);
    }

    /** What becomes of a worktree that holds nothing that is nowhere else. */
    @FunctionalInterface
    interface Disposal {
        /**
         * Disposes of it, under the repository's lock.
         *
         * @param worktree as it was
         * @param aside where its directory is now; empty: it was gone
         */
        void dispose(Worktree worktree, Optional<Path> aside);
    }

    /** Neither its directory nor its registration stays. */
    void discard(Worktree worktree, Optional<Path> aside) {
        aside.ifPresent(trash::deleteLater);
        trash.discard(worktree.gitDirectory());
    }

    /** Removes it from where it is, with all that makes sure that nothing is lost. */
    void remove(Worktree worktree, Removal removal, Disposal disposal) {
        lock.holding(() -> {
            removal.deleteBranchAt().ifPresent(tip -> branches.requireDeletable(worktree, tip, others(worktree)));
            if (isRegistered(worktree)) {
                requireUnlocked(worktree);
                requireNothingLost(worktree, removal);
                disposal.dispose(worktree, moveAsideMarked(worktree, removal));
            } else if (Files.exists(worktree.directory(), LinkOption.NOFOLLOW_LINKS)) {
                throw unsaved(worktree, "is not registered as this worktree any more; look at it and move it away");
            }
            removal.deleteBranchAt().ifPresent(tip -> branches.delete(worktree.branch(), tip));
            log.atInfo().addKeyValue("directory", worktree.directory()).log("Removed worktree");
            return true;
        });
    }

    /** Moves it aside and returns; the rest, and its end, come later. */
    CompletionStage<Void> removeLater(Worktree worktree, Removal removal, Disposal disposal) {
        CompletableFuture<Void> end = new CompletableFuture<>();
        try {
            Optional<Departures.Departure> departure = lock.holding(() -> depart(worktree, removal));
            if (departure.isPresent()) {
                lastLooks.execute(() -> tellEnd(end, () -> finish(departure.get(), disposal)));
            } else {
                tellEnd(end, () -> remove(worktree, removal, disposal));
            }
        } catch (RuntimeException e) {
            end.completeExceptionally(e);
        }
        return end.minimalCompletionStage();
    }

    private static void tellEnd(CompletableFuture<Void> end, Runnable work) {
        try {
            work.run();
            end.complete(null);
        } catch (RuntimeException | Error e) {
            end.completeExceptionally(e);
        }
    }

    /** Empty: there is nothing to move, or it cannot be moved; {@link #remove} says what is to be said of it. */
    private Optional<Departures.Departure> depart(Worktree worktree, Removal removal) {
        if (!isRegistered(worktree) || !Files.isDirectory(worktree.directory(), LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        requireUnlocked(worktree);
        return departures.begin(worktree, removal);
    }

    private void finish(Departures.Departure departure, Disposal disposal) {
        try {
            // The look takes long, and needs no lock: nobody else has the room.
            finish(departure, workIn(departure), disposal);
        } catch (RuntimeException e) {
            if (Departures.isThere(departure)) { // neither disposed of nor back: a prune tries again
                departure.room().release();
            }
            throw e;
        }
    }

    private void finish(Departures.Departure departure, Optional<String> work, Disposal disposal) {
        Worktree worktree = departure.worktree();
        Removal removal = departure.removal();
        lock.holding(() -> {
            try {
                work.ifPresent(what -> {
                    throw unsaved(worktree, what);
                });
                removal.deleteBranchAt()
                        .ifPresent(tip -> branches.requireDeletable(departure.aside(), tip, others(departure.aside())));
            } catch (RuntimeException e) {
                Path place = departures.putBack(departure, trash);
                throw place.equals(worktree.directory()) || work.isEmpty()
                        ? e
                        : new UnsavedWorkException(place, work.get());
            }
            disposal.dispose(worktree, Optional.of(trash.moveAside(departure.tree())));
            departure.room().close();
            removal.deleteBranchAt().ifPresent(tip -> branches.delete(worktree.branch(), tip));
            log.atInfo().addKeyValue("directory", worktree.directory()).log("Removed worktree");
            return true;
        });
    }

    private Optional<String> workIn(Departures.Departure departure) {
        if (!Departures.isRegistered(departure)) {
            return Optional.of("is not registered as this worktree any more; look at it and move it away");
        } else if (UnsavedWork.hasSubmodules(departure.worktree().gitDirectory())) {
            return Optional.of(SUBMODULES);
        } else if (departure.removal().discardUncommitted()) {
            return Optional.empty();
        }
        try {
            return unsaved.in(departure.aside())
                    .map(what -> what + "; rescue or commit it before removing the worktree");
        } catch (RuntimeException e) {
            return Optional.of("cannot be looked at (" + e.getMessage() + ")");
        }
    }

    /** Brings to their ends what processes began that died. */
    void goOnWithInterrupted() {
        lock.holding(departures::interrupted).forEach(this::goOn);
    }

    private void goOn(Departures.Departure departure) {
        try {
            if (Departures.isThere(departure)) {
                finish(departure, this::discard);
            } else {
                // It never left, or was disposed of already; then its registration is dropped as any that leads
                // nowhere.
                departure.room().close();
            }
        } catch (RuntimeException e) {
            log.atWarn()
                    .addKeyValue("directory", departure.worktree().directory())
                    .setCause(e)
                    .log("A worktree that was being removed when a process died stays");
        }
    }

    /** Waits for the last looks at what was removed. Idempotent. */
    @Override
    public void close() {
        lastLooks.close();
    }

    /** Git gives names of administrative directories again: one may be another worktree's by now. */
    private boolean isRegistered(Worktree worktree) {
        return AdminDirectories.isOf(repository, worktree.gitDirectory(), worktree.directory());
    }

    private List<WorktreeEntry> others(Worktree worktree) {
        return new WorktreeList(repository).mayHaveOut(worktree.branch(), worktree.gitDirectory());
    }

    private static void requireUnlocked(Worktree worktree) {
        if (RemovalMark.isLockedByOthers(worktree.gitDirectory())) {
            String reason = AdminDirectories.text(RemovalMark.file(worktree.gitDirectory()));
            throw new WorktreeLockedException(worktree.directory(), reason);
        }
    }

    private void requireNothingLost(Worktree worktree, Removal removal) {
        if (UnsavedWork.hasSubmodules(worktree.gitDirectory())) {
            throw unsaved(worktree, SUBMODULES);
        }
        if (!removal.discardUncommitted()) {
            Optional<String> work =
                    Files.isDirectory(worktree.directory()) ? unsaved.in(worktree) : unsaved.inRegistrationOf(worktree);
            work.ifPresent(what -> {
                throw unsaved(worktree, what + "; rescue or commit it before removing the worktree");
            });
        }
    }

    private Optional<Path> moveAsideMarked(Worktree worktree, Removal removal) {
        RemovalMark.put(worktree.gitDirectory());
        try {
            return moveAside(worktree, removal);
        } catch (RuntimeException e) {
            RemovalMark.take(worktree.gitDirectory());
            throw e;
        }
    }

    /** Looks once more where nobody finds it any longer: a process left behind may have written since the first look. */
    private Optional<Path> moveAside(Worktree worktree, Removal removal) {
        if (!Files.exists(worktree.directory(), LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        Path aside = trash.moveAside(worktree.directory());
        if (!removal.discardUncommitted()) {
            Optional<String> late = lookAgain(worktree, aside);
            if (late.isPresent()) {
                Path place = trash.putBack(aside, worktree.directory());
                throw new UnsavedWorkException(place, late.get() + ", which came while it was being removed");
            }
        }
        return Optional.of(aside);
    }

    private Optional<String> lookAgain(Worktree worktree, Path aside) {
        try {
            return unsaved.files(
                    new Worktree(aside, worktree.gitDirectory(), worktree.branch(), worktree.base(), false));
        } catch (RuntimeException e) {
            return Optional.of("cannot be looked at (" + e.getMessage() + ")");
        }
    }

    private static UnsavedWorkException unsaved(Worktree worktree, String why) {
        return new UnsavedWorkException(worktree.directory(), why);
    }
}
