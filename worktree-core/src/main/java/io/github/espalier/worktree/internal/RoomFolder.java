package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.WorktreeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder in the state directory for as long as a rescue, snapshots, merges or reading need one. Whoever makes one first
 * removes those whose owners are dead: a lock on a file in each dies with its owner, whatever ended that, and cannot be mistaken for another process's as a
 * process id can.
 */
final class RoomFolder implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RoomFolder.class);
    /** How the folders of rescues, and of commits of leftovers, are called. */
    static final String RESCUE = "rescue-";
    /** How the folders of snapshots are called. */
    static final String SNAPSHOTS = "snapshots-";

    /** How the folders of merges are called. */
    static final String MERGES = "merge-";
    /** How the folders are called that objects are read from. */
    static final String OBJECTS = "objects-";

    /** How the common directories of single commands are called. */
    static final String CONFIGURATION = "configuration-";

    /** How the folders are called in which a worktree waits for its next task. */
    static final String POOL = "pool-";

    /** How the folders are called in which a worktree lies that is to go; they are made to last. */
    static final String DEPARTURE = "departure-";

    private static final List<String> PREFIXES = List.of(RESCUE, SNAPSHOTS, MERGES, OBJECTS, CONFIGURATION, POOL);
    private static final String OWNER = "owner.lock";
    /** A folder with such a file in it needs no owner. */
    private static final String KEPT = "kept";

    /** Closing any channel to a file gives up all locks this process has on it, so our own rooms must not be probed. */
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel owner;

    private RoomFolder(Path directory, FileChannel owner) {
        this.directory = directory;
        this.owner = owner;
    }

    /** Puts into a folder what has to be there. */
    @FunctionalInterface
    interface Furnishing {
        void furnish(Path directory) throws IOException;
    }

    /**
     * Makes one with what has to be there.
     *
     * @param purpose for an error message: what there is no room for
     * @throws WorktreeException if it cannot be made or furnished; then there is none
     */
    static RoomFolder create(GitRepository repository, String prefix, String purpose, Furnishing furnishing) {
        try {
            RoomFolder folder = create(repository, prefix);
            try {
                furnishing.furnish(folder.directory);
                return folder;
            } catch (IOException | RuntimeException e) {
                folder.close();
                throw e;
            }
        } catch (IOException e) {
            throw new WorktreeException("no room " + purpose + " in " + repository.stateDirectory() + ": " + e, e);
        }
    }

    /**
     * Makes one that no other process removes when this one dies, but may {@link #adopt}: both under one lock, the caller's.
     *
     * @param note what whoever adopts it has to know
     * @throws WorktreeException if it cannot be made; then there is none
     */
    static RoomFolder createLasting(GitRepository repository, String prefix, String note) {
        Path directory = repository.stateDirectory().resolve(prefix + UUID.randomUUID());
        try {
            RoomFolder folder = claim(directory);
            try {
                ByteBuffer bytes = ByteBuffer.wrap(note.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    folder.owner.write(bytes);
                }
                return folder;
            } catch (IOException e) {
                folder.close();
                throw e;
            }
        } catch (UncheckedIOException | IOException e) {
            throw new WorktreeException(directory + ": cannot be made (" + e + ")", e);
        }
    }

    /** What was noted when it was made. Read by the channel that is open: another one's end would give up the lock. */
    String note() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(owner.size()));
        int read = 0;
        while (bytes.hasRemaining() && read >= 0) {
            read = owner.read(bytes, bytes.position());
        }
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
    }

    static RoomFolder create(GitRepository repository) throws IOException {
        return create(repository, RESCUE);
    }

    static RoomFolder create(GitRepository repository, String prefix) throws IOException {
        Path state = repository.stateDirectory();
        try {
            return new RepositoryLock(repository, "rescues.lock").holding(() -> {
                removeAbandoned(repository);
                return claim(state.resolve(prefix + UUID.randomUUID()));
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Removes those whose owners are dead. */
    static void sweep(GitRepository repository) {
        new RepositoryLock(repository, "rescues.lock").holding(() -> {
            removeAbandoned(repository);
            return true;
        });
    }

    private static RoomFolder claim(Path directory) {
        OURS.add(directory);
        try {
            Files.createDirectories(directory);
            FileChannel channel =
                    FileChannel.open(directory.resolve(OWNER), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            if (!channel.lock().isValid()) {
                throw new IOException(directory + ": the lock was lost; is the folder on a sound file system?");
            }
            return new RoomFolder(directory, channel);
        } catch (IOException e) {
            delete(directory);
            OURS.remove(directory);
            throw new UncheckedIOException(e);
        }
    }

    Path directory() {
        return directory;
    }

    /** Under the lock that rooms are made under, one without a locked file is not about to get it. */
    private static void removeAbandoned(GitRepository repository) {
        Path state = repository.stateDirectory();
        try (DirectoryStream<Path> rooms = Files.newDirectoryStream(state, RoomFolder::isRoom)) {
            for (Path room : rooms) {
                if (Files.isDirectory(room, LinkOption.NOFOLLOW_LINKS) && !OURS.contains(room)) {
                    removeIfAbandoned(repository, room);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            log.atDebug().addKeyValue("folder", state).setCause(e).log("Cannot look for abandoned rooms");
        }
    }

    private static boolean isRoom(Path folder) {
        return PREFIXES.stream().anyMatch(String.valueOf(folder.getFileName())::startsWith);
    }

    /** One that cannot be emptied, or not yet, is left to the next one to be made, and is no reason to leave others. */
    private static void removeIfAbandoned(GitRepository repository, Path room) {
        try {
            if (isAbandoned(room) && !isOwedWhileGarbageIsCollected(repository, room)) {
                log.atInfo().addKeyValue("directory", room).log("Removing what a process that died left");
                handOver(repository, room);
                delete(room);
            }
        } catch (NoSuchFileException e) {
            log.atDebug().addKeyValue("directory", room).log("Its owner has just removed it");
        } catch (IOException e) {
            log.atWarn()
                    .addKeyValue("directory", room)
                    .setCause(e)
                    .log("What it holds cannot be put into the repository; it stays until that is possible");
        }
    }

    private static boolean isAbandoned(Path room) throws IOException {
        if (Files.exists(room.resolve(KEPT), LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(room.resolve(OWNER), StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            // it may be kept since the first look, before its owner gave up the lock
            return lock != null && !Files.exists(room.resolve(KEPT), LinkOption.NOFOLLOW_LINKS);
        } catch (OverlappingFileLockException e) {
            return false;
        } catch (NoSuchFileException e) {
            return true; // its owner died before it had locked it
        }
    }

    /** What is there now may be on the list of what is deleted next. */
    private static boolean isOwedWhileGarbageIsCollected(GitRepository repository, Path room) throws IOException {
        return Files.isDirectory(room.resolve("objects"), LinkOption.NOFOLLOW_LINKS)
                && Connectivity.isCollectingGarbage(repository.commonDirectory());
    }

    /**
     * A garbage collection that had looked before a ref named a commit takes that commit, and its process died before it could
     * put it back: only the room has it then.
     */
    private static void handOver(GitRepository repository, Path room) throws IOException {
        Path objects = room.resolve("objects");
        if (Files.isDirectory(objects, LinkOption.NOFOLLOW_LINKS)) {
            Quarantine.at(objects, repository.commonDirectory().resolve("objects"))
                    .handOver();
        }
    }

    /** Deletes a folder with all that is in it, if it is there; what stays is left to the next one to be made. */
    static void delete(Path directory) {
        try {
            if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
                Files.walkFileTree(directory, new Deletion());
            }
        } catch (IOException e) {
            log.atWarn()
                    .addKeyValue("directory", directory)
                    .setCause(e)
                    .log("Left undeleted; the next rescue tries again");
        }
    }

    /** What was rescued is under a ref by now, so a folder that stays is no reason to fail. */
    @Override
    public void close() {
        delete(directory);
        release();
    }

    /** Lets it stay when this process ends, for any other to use. */
    void keep() throws IOException {
        Files.createFile(directory.resolve(KEPT));
        owner.close();
        OURS.remove(directory);
    }

    /** Those of a kind made to last whose owners are dead; they are this process's from now on. */
    static List<RoomFolder> adopt(GitRepository repository, String prefix) {
        List<RoomFolder> adopted = new ArrayList<>();
        try {
            for (Path room : ofKind(repository, prefix)) {
                if (OURS.add(room)) {
                    adopt(room).ifPresentOrElse(adopted::add, () -> OURS.remove(room));
                }
            }
        } catch (IOException e) {
            log.atWarn().setCause(e).log("Cannot look for what processes that died left");
        }
        return adopted;
    }

    @SuppressWarnings("MustBeClosedChecker") // the room closes it
    private static Optional<RoomFolder> adopt(Path room) {
        FileChannel channel = null;
        try {
            channel = FileChannel.open(
                    room.resolve(OWNER), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return Optional.of(new RoomFolder(room, channel));
            }
        } catch (IOException | OverlappingFileLockException e) {
            log.atDebug().addKeyValue("directory", room).setCause(e).log("Cannot be taken over");
        }
        giveUp(room, channel);
        return Optional.empty();
    }

    private static void giveUp(Path room, @Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            log.atDebug().addKeyValue("directory", room).setCause(e).log("Cannot close");
        }
    }

    /** Gives it up without deleting it. */
    void release() {
        giveUp(directory, owner);
        OURS.remove(directory);
    }

    /** Those of a kind that are kept. */
    static List<Path> kept(GitRepository repository, String prefix) throws IOException {
        return ofKind(repository, prefix).stream()
                .filter(room -> Files.exists(room.resolve(KEPT), LinkOption.NOFOLLOW_LINKS))
                .toList();
    }

    private static List<Path> ofKind(GitRepository repository, String prefix) throws IOException {
        List<Path> rooms = new ArrayList<>();
        Path state = repository.stateDirectory();
        if (Files.isDirectory(state)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(state, prefix + "*")) {
                found.forEach(rooms::add);
            }
        }
        return rooms;
    }

    private static final class Deletion extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            // Agents leave read-only folders, whose entries could not be deleted otherwise.
            if (!Files.isWritable(directory) && !directory.toFile().setWritable(true)) {
                log.atDebug().addKeyValue("directory", directory).log("Cannot be made writable");
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) throws IOException {
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
