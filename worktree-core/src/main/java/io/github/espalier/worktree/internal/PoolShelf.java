package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.WorktreeException;
import io.github.espalier.worktree.WorktreePool;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where worktrees wait for their next task: in a {@link RoomFolder} each, with the worktree in {@code tree}, what is known of
 * it in {@code slot}, and, while it is handed out, {@code lease} with the directory that it goes to. Its registration is
 * locked all the while, so that no {@code git worktree prune} takes it while it is moved.
 */
public final class PoolShelf {
    static final String TREE = "tree";
    private static final Logger log = LoggerFactory.getLogger(PoolShelf.class);
    private static final String SLOT = "slot";
    private static final String LEASE = "lease";

    private final GitRepository repository;

    public PoolShelf(GitRepository repository) {
        this.repository = repository;
    }

    /**
     * One that waits.
     *
     * @param folder its room
     * @param admin its registration
     * @param rules by which its files were written, as {@link CheckoutRules} tells them from others
     * @param waiting what is told of it
     */
    public record Slot(Path folder, Path admin, String rules, WorktreePool.Waiting waiting) {
        Path tree() {
            return folder.resolve(TREE);
        }
    }

    /** Those that wait, the youngest first; guarded by the lock of the repository only where one is taken. */
    public List<Slot> slots() {
        List<Slot> slots = new ArrayList<>();
        for (Path folder : folders()) {
            if (Files.isDirectory(folder.resolve(TREE), LinkOption.NOFOLLOW_LINKS)) {
                read(folder).filter(PoolShelf::isWhole).ifPresent(slots::add);
            }
        }
        slots.sort(Comparator.comparing((Slot slot) -> slot.waiting().since()).reversed());
        return slots;
    }

    private List<Path> folders() {
        try {
            return RoomFolder.kept(repository, RoomFolder.POOL);
        } catch (IOException e) {
            throw new WorktreeException(repository.stateDirectory() + ": cannot be read (" + e + ")", e);
        }
    }

    private Optional<Slot> read(Path folder) {
        Properties lines = new Properties();
        try (Reader in = Files.newBufferedReader(folder.resolve(SLOT))) {
            lines.load(in);
            String name = lines.getProperty("admin", "");
            if (name.isEmpty() || name.contains("/")) {
                throw new IOException("no registration is named");
            }
            Path admin = repository.commonDirectory().resolve("worktrees").resolve(name);
            return Optional.of(new Slot(
                    folder,
                    admin,
                    lines.getProperty("rules", ""),
                    new WorktreePool.Waiting(
                            folder.resolve(TREE),
                            lines.getProperty("base", ""),
                            Long.parseLong(lines.getProperty("bytes", "0")),
                            Instant.parse(lines.getProperty("since", "")))));
        } catch (IOException | NumberFormatException | DateTimeParseException e) {
            log.atWarn().addKeyValue("folder", folder).setCause(e).log("A pooled worktree's note cannot be read");
            return Optional.empty();
        }
    }

    /** Writes down what is known of one, and lets it wait. */
    void put(RoomFolder room, Path admin, String rules, String base, long bytes) throws IOException {
        Properties lines = new Properties();
        lines.putAll(Map.of(
                "admin", String.valueOf(admin.getFileName()),
                "rules", rules,
                "base", base,
                "bytes", String.valueOf(bytes),
                "since", Instant.now().toString()));
        try (Writer out = Files.newBufferedWriter(room.directory().resolve(SLOT))) {
            lines.store(out, null);
        }
        room.keep();
    }

    /** Notes, before it is moved, where one goes. */
    void lease(Slot slot, Path directory) throws IOException {
        Files.writeString(slot.folder().resolve(LEASE), directory.toString());
    }

    /** It was handed out, or is to be removed. */
    void drop(Slot slot) {
        RoomFolder.delete(slot.folder());
    }

    /** Git gives names of registrations again: one is ours only while it says so and leads here. */
    private static boolean isWhole(Slot slot) {
        return PoolMark.isPut(slot.admin())
                && directory(slot.admin())
                        .filter(folder -> AdminDirectories.same(folder, slot.tree()))
                        .isPresent();
    }

    /**
     * Takes away what a process left that died while it handed one out, or put one here. Nobody was told of such a worktree,
     * so nobody worked in it. Under the lock of the repository.
     */
    void takeBackInterrupted(Trash trash) {
        for (Path folder : folders()) {
            if (Files.exists(folder.resolve(LEASE), LinkOption.NOFOLLOW_LINKS)
                    || read(folder).filter(PoolShelf::isWhole).isEmpty()
                    || !Files.isDirectory(folder.resolve(TREE), LinkOption.NOFOLLOW_LINKS)) {
                takeBack(folder, trash);
            }
        }
        PoolMark.marked(repository).stream()
                .filter(admin -> isOfAPool(admin) && !isDirectoryThere(admin))
                .forEach(trash::discard);
    }

    /** One that could not be handed out. */
    void takeBack(Slot slot, Trash trash) {
        takeBack(slot.folder(), trash);
    }

    private void takeBack(Path folder, Trash trash) {
        String target = AdminDirectories.text(folder.resolve(LEASE));
        read(folder).map(Slot::admin).filter(PoolMark::isPut).ifPresent(admin -> {
            boolean moved = !target.isEmpty() && leadsTo(Path.of(target), admin);
            boolean here = isOfAPool(admin)
                    && directory(admin)
                            .filter(tree -> AdminDirectories.same(tree, folder.resolve(TREE)))
                            .isPresent();
            if (moved) {
                trash.discard(Path.of(target));
            }
            if (moved || here) {
                trash.discard(admin);
            }
        });
        trash.discard(folder);
    }

    /** Whether its folder is one of ours: a person may lock a worktree with any reason. */
    private boolean isOfAPool(Path admin) {
        return directory(admin)
                .map(Path::getParent)
                .filter(room -> String.valueOf(room.getFileName()).startsWith(RoomFolder.POOL))
                .map(Path::getParent)
                .filter(state -> AdminDirectories.same(state, repository.stateDirectory()))
                .isPresent();
    }

    private static Optional<Path> directory(Path admin) {
        return Optional.ofNullable(
                Path.of(AdminDirectories.text(admin.resolve("gitdir"))).getParent());
    }

    /** The folder and not its {@code .git} file, which is written anew while a worktree is emptied. */
    private static boolean isDirectoryThere(Path admin) {
        return directory(admin)
                .filter(folder -> Files.exists(folder, LinkOption.NOFOLLOW_LINKS))
                .isPresent();
    }

    /** Whether a worktree's {@code .git} file names a registration. */
    private static boolean leadsTo(Path directory, Path admin) {
        try {
            return AdminDirectories.pointed(directory.resolve(".git"), "gitdir: ", directory)
                    .filter(named -> AdminDirectories.same(named, admin))
                    .isPresent();
        } catch (IOException e) {
            return false;
        }
    }

    /** Removes all that wait. */
    public int clear() {
        try (Trash trash = new Trash(repository)) {
            return new RepositoryLock(repository).holding(() -> {
                takeBackInterrupted(trash);
                List<Slot> all = slots();
                all.forEach(slot -> discard(slot, trash));
                return all.size();
            });
        }
    }

    static void discard(Slot slot, Trash trash) {
        trash.discard(slot.folder());
        trash.discard(slot.admin());
    }
}
