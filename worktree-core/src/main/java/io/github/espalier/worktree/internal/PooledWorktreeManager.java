package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.PoolOptions;
import io.github.espalier.worktree.Removal;
import io.github.espalier.worktree.Worktree;
import io.github.espalier.worktree.WorktreeEntry;
import io.github.espalier.worktree.WorktreeException;
import io.github.espalier.worktree.WorktreeManager;
import io.github.espalier.worktree.WorktreeRequest;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands out worktrees that wait on a {@link PoolShelf}, and takes them back. All moves are made under the lock of the
 * repository; emptying and making spares, which take time, are done by one thread without it, in a room whose owner this
 * process is. Thread-safe.
 */
public final class PooledWorktreeManager implements WorktreeManager {
    private static final Logger log = LoggerFactory.getLogger(WorktreeManager.class);

    private final GitWorktreeManager delegate;
    private final PoolOptions options;
    private final GitRepository repository;
    private final PoolShelf shelf;
    private final PristineIndexes indexes;
    private final Emptying emptying;
    private final CheckoutRules rules;
    /** By their registrations, the rules by which the files of worktrees were written that are at work. */
    private final Map<Path, String> handedOut = new ConcurrentHashMap<>();

    private final AtomicInteger underWay = new AtomicInteger();
    private final BackgroundThread background = new BackgroundThread("espalier-pool");

    public PooledWorktreeManager(GitWorktreeManager delegate, PoolOptions options) {
        this.delegate = delegate;
        this.options = options;
        repository = delegate.repository();
        shelf = new PoolShelf(repository);
        indexes = new PristineIndexes(repository);
        emptying = new Emptying(repository, delegate.configuration(), options.keeping());
        rules = new CheckoutRules(repository, delegate.configuration());
    }

    @Override
    public Worktree add(WorktreeRequest request) {
        Optional<String> now = rulesNow();
        Worktree added = delegate.lock()
                .holding(() -> now.flatMap(it -> leased(request, it)).orElseGet(() -> delegate.add(request)));
        if (added.adopted() || now.isEmpty()) {
            indexes.forget(added.gitDirectory());
        } else {
            indexes.keep(added);
            handedOut.put(added.gitDirectory(), now.get());
        }
        if (canPool(request.directory())) {
            prepare(request.base());
        }
        return added;
    }

    /** Empty: nobody can tell, and no worktree is used again. */
    private Optional<String> rulesNow() {
        try {
            return Optional.of(rules.digest());
        } catch (IOException e) {
            log.atWarn().setCause(e).log("Attributes cannot be read; no worktree is pooled");
            return Optional.empty();
        }
    }

    /** A rename must bring it there, and a file must say what is checked out. */
    private boolean canPool(Path directory) {
        Path parent = directory.getParent();
        try {
            return parent != null
                    && Files.isDirectory(parent)
                    && Files.isDirectory(repository.stateDirectory())
                    && !Files.exists(repository.commonDirectory().resolve("reftable"))
                    && Files.getFileStore(parent).equals(Files.getFileStore(repository.stateDirectory()));
        } catch (IOException e) {
            return false;
        }
    }

    /** Empty: none waits that can be had, or the name is taken, which the delegate tells. */
    private Optional<Worktree> leased(WorktreeRequest request, String rulesNow) {
        if (!canPool(request.directory())
                || Files.exists(request.directory(), LinkOption.NOFOLLOW_LINKS)
                || AdminDirectories.of(repository, request.directory()).isPresent()) {
            return Optional.empty();
        }
        Map<Boolean, List<PoolShelf.Slot>> slots = shelf.slots().stream()
                .collect(Collectors.partitioningBy(slot -> slot.rules().equals(rulesNow)));
        slots.getOrDefault(false, List.of()).forEach(slot -> PoolShelf.discard(slot, delegate.trash()));
        return best(slots.getOrDefault(true, List.of()), request.base()).flatMap(slot -> lease(slot, request));
    }

    /** One at the wanted commit, or else the youngest. */
    private static Optional<PoolShelf.Slot> best(List<PoolShelf.Slot> slots, String base) {
        return slots.stream()
                .filter(slot -> slot.waiting().base().equals(base))
                .findFirst()
                .or(() -> slots.stream().findFirst());
    }

    private Optional<Worktree> lease(PoolShelf.Slot slot, WorktreeRequest request) {
        Path directory = request.directory();
        Optional<String> before = delegate.branches().claim(request.branch(), request.base(), delegate::entries);
        try {
            shelf.lease(slot, directory);
            Files.move(slot.tree(), directory, StandardCopyOption.ATOMIC_MOVE);
            PoolMark.replace(
                    slot.admin().resolve("gitdir"), directory.resolve(".git").toString());
            PoolMark.replace(slot.admin().resolve("HEAD"), "ref: refs/heads/" + request.branch());
            emptying.bring(slot.admin(), directory, slot.waiting().base(), request.base());
            PoolMark.take(slot.admin());
            shelf.drop(slot);
            log.atInfo()
                    .addKeyValue("directory", directory)
                    .addKeyValue("branch", request.branch())
                    .log("Added worktree from the pool");
            return Optional.of(new Worktree(directory, slot.admin(), request.branch(), request.base(), false));
        } catch (IOException | WorktreeException e) {
            log.atWarn()
                    .addKeyValue("worktree", slot.tree())
                    .setCause(e)
                    .log("A pooled worktree could not be used; one is made");
            takeBack(slot, request, before, e);
            return Optional.empty();
        }
    }

    private void takeBack(PoolShelf.Slot slot, WorktreeRequest request, Optional<String> before, Exception cause) {
        try {
            shelf.takeBack(slot, delegate.trash());
            delegate.branches().release(request.branch(), request.base(), before);
        } catch (RuntimeException e) {
            e.addSuppressed(cause);
            throw e;
        }
    }

    @Override
    public List<WorktreeEntry> list() {
        return delegate.list();
    }

    @Override
    public void remove(Worktree worktree, Removal removal) {
        delegate.removing().remove(worktree, removal, this::takeInOrDiscard);
    }

    @Override
    public CompletionStage<Void> removeLater(Worktree worktree, Removal removal) {
        return delegate.removing().removeLater(worktree, removal, this::takeInOrDiscard);
    }

    private void takeInOrDiscard(Worktree left, Optional<Path> aside) {
        if (aside.isEmpty() || !takeIn(left, aside.get())) {
            handedOut.remove(left.gitDirectory());
            aside.ifPresent(delegate.trash()::deleteLater);
            delegate.trash().discard(left.gitDirectory());
            indexes.forget(left.gitDirectory());
        }
    }

    /** Puts it into a room of its own, to be emptied there; false: it is to be deleted. */
    private boolean takeIn(Worktree left, Path aside) {
        Path admin = left.gitDirectory();
        Optional<Path> index = indexes.take(admin);
        Optional<String> asWritten = Optional.ofNullable(handedOut.remove(admin));
        boolean real = Files.isDirectory(aside, LinkOption.NOFOLLOW_LINKS) // and no link to somebody's folder
                && Files.isDirectory(admin, LinkOption.NOFOLLOW_LINKS);
        RoomFolder room;
        try {
            boolean same = asWritten.isPresent() && asWritten.equals(rulesNow());
            if (index.isEmpty() || !same || !real || !canPool(left.directory()) || full()) {
                return false;
            }
            room = RoomFolder.create(repository, RoomFolder.POOL);
        } catch (IOException | RuntimeException e) {
            log.atWarn().setCause(e).log("A worktree cannot be kept for its next task");
            return false;
        }
        underWay.incrementAndGet();
        try {
            Path tree = room.directory().resolve(PoolShelf.TREE);
            Files.move(index.get(), room.directory().resolve("index"), StandardCopyOption.ATOMIC_MOVE);
            Files.move(aside, tree, StandardCopyOption.ATOMIC_MOVE);
            // Until the registration leads into the pool, the mark of its removal says what becomes of it after a
            // crash.
            PoolMark.replace(admin.resolve("gitdir"), tree.resolve(".git").toString());
            PoolMark.put(admin);
            PoolMark.replace(admin.resolve("HEAD"), left.base());
            background.execute(() -> empty(room, admin, asWritten.get(), left.base()));
            return true;
        } catch (AtomicMoveNotSupportedException e) {
            log.atDebug().addKeyValue("directory", aside).log("The pool is on another file system");
        } catch (IOException | RuntimeException e) {
            log.atWarn().addKeyValue("directory", aside).setCause(e).log("A worktree cannot be kept for its next task");
        }
        underWay.decrementAndGet();
        boolean moved = !Files.exists(aside, LinkOption.NOFOLLOW_LINKS);
        discard(room, admin);
        return moved;
    }

    private boolean full() {
        List<PoolShelf.Slot> slots = shelf.slots();
        long bytes = slots.stream().mapToLong(slot -> slot.waiting().bytes()).sum();
        return slots.size() + underWay.get() >= options.most() || bytes >= options.mostBytes();
    }

    private void empty(RoomFolder room, Path admin, String asWritten, String base) {
        try {
            Path tree = room.directory().resolve(PoolShelf.TREE);
            long bytes = emptying.empty(admin, tree, room.directory().resolve("index"), base);
            shelf.put(room, admin, asWritten, base, bytes);
        } catch (IOException | RuntimeException e) {
            log.atWarn().addKeyValue("folder", room.directory()).setCause(e).log("A worktree could not be emptied");
            discard(room, admin);
        } finally {
            underWay.decrementAndGet();
        }
    }

    private void discard(RoomFolder room, Path admin) {
        delegate.lock().holding(() -> {
            delegate.trash().discard(admin);
            return true;
        });
        delegate.trash().discard(room.directory().resolve(PoolShelf.TREE)); // which may take long
        room.close();
    }

    /** Makes one ahead, where few wait. */
    private void prepare(String base) {
        if (options.spares() == 0) {
            return;
        }
        try {
            background.execute(() -> {
                dropOld();
                if (underWay.get() == 0
                        && shelf.slots().size() < options.spares()
                        && !full()
                        && options.room().getAsBoolean()) {
                    rulesNow().ifPresent(now -> make(now, base));
                }
            });
        } catch (RejectedExecutionException e) {
            log.atDebug().log("The pool is closed");
        }
    }

    private void make(String rulesNow, String base) {
        RoomFolder room;
        try {
            room = RoomFolder.create(repository, RoomFolder.POOL);
        } catch (IOException e) {
            log.atWarn().setCause(e).log("No worktree can be made ahead");
            return;
        }
        Path tree = room.directory().resolve(PoolShelf.TREE);
        Optional<Path> admin = Optional.empty();
        try {
            admin = Optional.of(register(tree, base));
            if (Files.exists(admin.get().resolve("config.worktree"))
                    || Files.exists(admin.get().resolve("info"))) {
                throw new WorktreeException(tree + ": has settings of its own, which the pool does not keep");
            }
            emptying.fill(admin.get(), tree, base);
            shelf.put(room, admin.get(), rulesNow, base, Emptying.bytes(tree));
        } catch (IOException | RuntimeException e) {
            log.atWarn().addKeyValue("folder", room.directory()).setCause(e).log("No worktree could be made ahead");
            admin.or(() -> AdminDirectories.of(repository, tree)).ifPresent(made -> discard(room, made));
            room.close();
        }
    }

    private Path register(Path tree, String base) {
        return delegate.lock().holding(() -> {
            Path note = delegate.additions().begin(tree);
            try {
                Git.of(repository)
                        .command(
                                "worktree",
                                "add",
                                "--no-checkout",
                                "--detach",
                                "--quiet",
                                "--lock",
                                "--reason",
                                PoolMark.REASON,
                                tree.toString(),
                                base)
                        .run();
                return AdminDirectories.of(repository, tree)
                        .orElseThrow(() -> new WorktreeException(tree + ": git made it and does not list it"));
            } finally {
                delegate.additions().end(note);
            }
        });
    }

    private void dropOld() {
        Instant oldest = Instant.now().minus(options.oldest());
        delegate.lock().holding(() -> {
            shelf.slots().stream()
                    .filter(slot -> slot.waiting().since().isBefore(oldest))
                    .forEach(slot -> PoolShelf.discard(slot, delegate.trash()));
            return true;
        });
    }

    @Override
    public void prune() {
        delegate.prune();
        dropOld();
        indexes.forgetGone();
    }

    /** Waits for what is being emptied or made. */
    @Override
    public void close() {
        delegate.removing().close(); // what they dispose of is emptied
        background.close();
        delegate.close();
    }
}
