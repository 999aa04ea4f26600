package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.Removal;
import io.github.espalier.worktree.Worktree;
import io.github.espalier.worktree.WorktreeException;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Worktrees that were moved out of their places before anybody looked whether they hold anything that is nowhere else. Each
 * lies in a {@link RoomFolder} until that is known; then it is disposed of, or goes back. Such a room outlives its owner, and
 * whoever finds one that is nobody's any more brings it to its end. The registration is locked meanwhile, and leads there.
 *
 * <pre>
 *  note ─► mark ─► directory into the room ─► registration leads there ─► … looked at … ─► trash, or back
 * </pre>
 */
final class Departures {
    private static final Logger log = LoggerFactory.getLogger(Departures.class);
    private static final String HEADS = "refs/heads/";
    private static final String TREE = "tree";
    private static final String PLACE = "place";
    private static final String END = "\0";
    private static final int FIELDS = 6;

    private final GitRepository repository;

    Departures(GitRepository repository) {
        this.repository = repository;
    }

    /**
     * A worktree on its way out.
     *
     * @param room where it lies
     * @param worktree as it was
     * @param removal what may go
     */
    record Departure(RoomFolder room, Worktree worktree, Removal removal) {
        Path tree() {
            return room.directory().resolve(TREE);
        }

        /** As it lies here. */
        Worktree aside() {
            return new Worktree(
                    tree(), worktree.gitDirectory(), worktree.branch(), worktree.base(), worktree.adopted());
        }
    }

    /** Moves one out of its place; empty: a rename cannot bring it here, and it is where it was. Under the lock. */
    Optional<Departure> begin(Worktree worktree, Removal removal) {
        Departure departure = note(worktree, removal);
        try {
            RemovalMark.put(worktree.gitDirectory());
            try {
                Files.move(worktree.directory(), departure.tree(), StandardCopyOption.ATOMIC_MOVE);
                lead(worktree, departure.tree());
                return Optional.of(departure);
            } catch (AtomicMoveNotSupportedException e) {
                undo(departure);
                return Optional.empty();
            }
        } catch (IOException | RuntimeException e) {
            undo(departure);
            throw new WorktreeException(
                    worktree.directory() + ": cannot be moved aside (" + e + "); nothing was removed", e);
        }
    }

    private Departure note(Worktree worktree, Removal removal) {
        RoomFolder room = RoomFolder.createLasting(repository, RoomFolder.DEPARTURE, text(worktree, removal));
        linkPlace(worktree, room.directory());
        return new Departure(room, worktree, removal);
    }

    /**
     * Of a machine that loses its power, what was just written may be lost and what was renamed not. The place is in a file
     * that is long on the disk: a second name for it costs no wait for the disk, as a note would.
     */
    private static void linkPlace(Worktree worktree, Path room) {
        try {
            Files.createLink(room.resolve(PLACE), worktree.gitDirectory().resolve("gitdir"));
        } catch (IOException | UnsupportedOperationException e) {
            log.atDebug().addKeyValue("room", room).setCause(e).log("The file system has no second names");
        }
    }

    /** Fields that end with what no name holds. */
    private static String text(Worktree worktree, Removal removal) {
        return String.join(
                END,
                worktree.directory().toString(),
                String.valueOf(worktree.gitDirectory().getFileName()),
                worktree.branch(),
                worktree.base(),
                String.valueOf(removal.discardUncommitted()),
                removal.deleteBranchAt().orElse(""),
                "");
    }

    private static void lead(Worktree worktree, Path directory) throws IOException {
        PoolMark.replace(
                worktree.gitDirectory().resolve("gitdir"),
                directory.resolve(".git").toString());
    }

    private static void undo(Departure departure) {
        Worktree worktree = departure.worktree();
        try {
            if (isThere(departure)) {
                Files.move(departure.tree(), worktree.directory(), StandardCopyOption.ATOMIC_MOVE);
            }
            RemovalMark.take(worktree.gitDirectory());
            departure.room().close();
        } catch (IOException | RuntimeException e) {
            log.atError()
                    .addKeyValue("directory", worktree.directory())
                    .addKeyValue("now", departure.tree())
                    .setCause(e)
                    .log("A worktree that could not be moved aside could not be put back; the next prune does");
        }
    }

    static boolean isThere(Departure departure) {
        return Files.isDirectory(departure.tree(), LinkOption.NOFOLLOW_LINKS);
    }

    /** Whether the registration is still this worktree's: whatever else it is now must not be touched. */
    static boolean isRegistered(Departure departure) {
        Path admin = departure.worktree().gitDirectory();
        try {
            return AdminDirectories.pointed(admin.resolve("gitdir"), "", admin)
                    .map(Path::getParent)
                    .filter(directory -> AdminDirectories.same(directory, departure.tree())
                            || AdminDirectories.same(
                                    directory, departure.worktree().directory()))
                    .isPresent();
        } catch (IOException e) {
            return false;
        }
    }

    /** Brings it back; beside its place if that was taken meanwhile. Returns where it is. Under the lock. */
    Path putBack(Departure departure, Trash trash) {
        Worktree worktree = departure.worktree();
        Path place = trash.putBack(departure.tree(), worktree.directory());
        if (isRegistered(departure)) {
            try {
                lead(worktree, place);
            } catch (IOException e) {
                throw new WorktreeException(
                        place + ": is back, but cannot be registered there (" + e + "); git worktree repair does it",
                        e);
            }
            RemovalMark.take(worktree.gitDirectory());
        }
        departure.room().close();
        return place;
    }

    /** Those whose owners are dead; they are this process's now. Under the lock. */
    List<Departure> interrupted() {
        List<Departure> interrupted = new ArrayList<>();
        for (RoomFolder room : RoomFolder.adopt(repository, RoomFolder.DEPARTURE)) {
            read(room).ifPresentOrElse(interrupted::add, () -> leave(room));
        }
        return interrupted;
    }

    /** What nobody knows the place of stays, for a person to look at. */
    private static void leave(RoomFolder room) {
        if (Files.exists(room.directory().resolve(TREE), LinkOption.NOFOLLOW_LINKS)) {
            log.atError()
                    .addKeyValue("directory", room.directory().resolve(TREE))
                    .log("A worktree was being removed from a place that is not known; look at it and remove it");
            room.release();
        } else {
            room.close();
        }
    }

    private Optional<Departure> read(RoomFolder room) {
        try {
            String[] fields = room.note().split(END, -1);
            if (fields.length != FIELDS + 1) {
                return withoutNote(room);
            }
            Worktree worktree = new Worktree(
                    Path.of(fields[0]),
                    repository.commonDirectory().resolve("worktrees").resolve(fields[1]),
                    fields[2],
                    fields[3],
                    false);
            Removal removal = new Removal(
                    Boolean.parseBoolean(fields[4]), Optional.of(fields[5]).filter(id -> !id.isEmpty()));
            return Optional.of(new Departure(room, worktree, removal));
        } catch (IOException | RuntimeException e) {
            log.atDebug().addKeyValue("folder", room.directory()).setCause(e).log("A note cannot be read");
            return withoutNote(room);
        }
    }

    /** By what is known without a note; nothing may go then but what is nowhere else, and the branch stays. */
    private Optional<Departure> withoutNote(RoomFolder room) {
        Path tree = room.directory().resolve(TREE);
        Path place = Path.of(AdminDirectories.text(room.directory().resolve(PLACE)));
        Path directory = place.getParent();
        try {
            Optional<Path> admin = AdminDirectories.pointed(tree.resolve(".git"), "gitdir: ", tree);
            if (directory == null || admin.isEmpty()) {
                return Optional.empty();
            }
            return HeadFile.read(admin.get())
                    .filter(HeadFile.Content.On.class::isInstance)
                    .map(head -> ((HeadFile.Content.On) head).ref())
                    .filter(ref -> ref.startsWith(HEADS))
                    .map(ref -> new Worktree(directory, admin.get(), ref.substring(HEADS.length()), "", false))
                    .map(worktree -> new Departure(room, worktree, Removal.keepingBranch()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
