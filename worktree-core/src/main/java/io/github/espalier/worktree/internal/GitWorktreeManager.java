package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.GitCommandException;
import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.Removal;
import io.github.espalier.worktree.TrustedConfiguration;
import io.github.espalier.worktree.Worktree;
import io.github.espalier.worktree.WorktreeEntry;
import io.github.espalier.worktree.WorktreeException;
import io.github.espalier.worktree.WorktreeExistsException;
import io.github.espalier.worktree.WorktreeManager;
import io.github.espalier.worktree.WorktreeRequest;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Worktrees by the git program, each on a branch of {@link OwnBranches}. */
public final class GitWorktreeManager implements WorktreeManager {
    private static final Logger log = LoggerFactory.getLogger(WorktreeManager.class);

    private static final int MOST_TRIES = 5;

    /** What git says when the folder that it was about to fill, or its parent, has just been removed. */
    private static final Pattern PRUNED =
            Pattern.compile("could not create directory of|/worktrees/.*: No such file or directory");

    private final GitRepository repository;
    private final Git git;
    private final RepositoryLock lock;
    private final Trash trash;
    private final TrustedConfiguration configuration;
    private final UnsavedWork unsaved;
    private final OwnBranches branches;
    private final Additions additions;
    private final WorktreeRemoval removing;

    public GitWorktreeManager(GitRepository repository, TrustedConfiguration configuration) {
        this.repository = repository;
        git = Git.of(repository);
        lock = new RepositoryLock(repository);
        trash = new Trash(repository);
        this.configuration = configuration;
        unsaved = new UnsavedWork(repository, configuration);
        branches = new OwnBranches(repository);
        additions = new Additions(repository, trash);
        removing = new WorktreeRemoval(repository, lock, trash, unsaved, branches);
    }

    @Override
    public Worktree add(WorktreeRequest request) {
        return lock.holding(() -> {
            // All are listed only where one is registered in that place, for that takes the longer the more there are.
            List<WorktreeEntry> present =
                    AdminDirectories.of(repository, request.directory()).isPresent() ? entries() : List.of();
            return adopt(request, present).orElseGet(() -> create(request, present));
        });
    }

    private Optional<Worktree> adopt(WorktreeRequest request, List<WorktreeEntry> present) {
        Path directory = request.directory();
        Optional<WorktreeEntry> registered = registered(directory, present);
        if (registered.isEmpty() || !Files.isDirectory(directory)) {
            return Optional.empty();
        }
        Path admin = AdminDirectories.of(repository, directory)
                .orElseThrow(() -> exists(directory, "is a worktree that cannot be identified"));
        Worktree worktree = new Worktree(directory, admin, request.branch(), request.base(), true);
        if (!registered.get().branch().equals(Optional.of(request.branch()))
                || !branches.isUntouched(request.branch())
                || RemovalMark.isLockedByOthers(admin)
                || unsaved.in(worktree).isPresent()) {
            throw exists(directory, "is a worktree that is not ours or has been worked in; choose another name");
        }
        Git.in(worktree)
                .fetching(repository)
                .trusting(configuration)
                .command("reset", "--keep", "--quiet", request.base())
                .run();
        branches.adopted(request.branch(), request.base());
        RemovalMark.take(admin);
        log.atInfo()
                .addKeyValue("directory", directory)
                .addKeyValue("branch", request.branch())
                .log("Adopted worktree");
        return Optional.of(worktree);
    }

    GitRepository repository() {
        return repository;
    }

    TrustedConfiguration configuration() {
        return configuration;
    }

    RepositoryLock lock() {
        return lock;
    }

    Trash trash() {
        return trash;
    }

    OwnBranches branches() {
        return branches;
    }

    WorktreeRemoval removing() {
        return removing;
    }

    Additions additions() {
        return additions;
    }

    private static Optional<WorktreeEntry> registered(Path directory, List<WorktreeEntry> present) {
        Predicate<Path> isDirectory = AdminDirectories.sameAs(directory);
        return present.stream()
                .filter(entry -> isDirectory.test(entry.directory()))
                .findFirst();
    }

    private Worktree create(WorktreeRequest request, List<WorktreeEntry> present) {
        Path directory = request.directory();
        if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS) && !isEmptyDirectory(directory)) {
            throw exists(directory, "is there already; choose another name or move it away");
        }
        Optional<WorktreeEntry> missing = registered(directory, present);
        if (missing.isPresent()) {
            dropMissing(missing.get());
            if (registered(directory, entries()).isPresent()) {
                throw exists(directory, "is registered as a worktree that is missing; choose another name or prune it");
            }
        }
        Optional<String> before = branches.claim(request.branch(), request.base(), this::entries);
        Path note = additions.begin(directory);
        try {
            Path admin = Registration.make(repository, directory, request.branch())
                    .orElseGet(() -> register(directory, request.branch()));
            checkOut(admin, directory);
            log.atInfo()
                    .addKeyValue("directory", directory)
                    .addKeyValue("branch", request.branch())
                    .log("Added worktree");
            return new Worktree(directory, admin, request.branch(), request.base(), false);
        } catch (RuntimeException e) {
            Additions.letGitWork(repository.commonDirectory(), repository.stateDirectory());
            takeBack(request, before, e);
            throw e;
        } finally {
            additions.end(note);
        }
    }

    /** While there is no worktree, somebody's {@code git worktree prune} removes the folder that git is about to use. */
    private Path register(Path directory, String branch) {
        for (int tries = 1; ; tries++) {
            try {
                git.command("worktree", "add", "--no-checkout", "--quiet", directory.toString(), branch)
                        .run();
                return AdminDirectories.of(repository, directory)
                        .orElseThrow(() -> new WorktreeException(directory + ": git made it and does not list it"));
            } catch (GitCommandException e) {
                if (tries == MOST_TRIES || !PRUNED.matcher(e.stderr()).find()) {
                    throw e;
                }
            }
        }
    }

    /** A step of its own, by a configuration that no agent could change. */
    private void checkOut(Path admin, Path directory) {
        Git.in(admin, directory)
                .fetching(repository)
                .trusting(configuration)
                .command("reset", "--hard", "--quiet")
                .writingManyFiles()
                .run();
    }

    /** What git registered for the branch that we have just made is ours; anything else in that place is not. */
    private void takeBack(WorktreeRequest request, Optional<String> before, RuntimeException cause) {
        try {
            registered(request.directory(), entries())
                    .filter(entry -> entry.branch().equals(Optional.of(request.branch())))
                    .flatMap(entry -> AdminDirectories.of(repository, request.directory()))
                    .ifPresent(admin -> {
                        trash.discard(request.directory());
                        trash.discard(admin);
                    });
            branches.release(request.branch(), request.base(), before);
        } catch (RuntimeException e) {
            cause.addSuppressed(e);
        }
    }

    /** Those that wait for a task, or are on their way out, are nobody's. */
    @Override
    public List<WorktreeEntry> list() {
        Path state = repository.stateDirectory();
        return entries().stream()
                .filter(entry -> !entry.directory().startsWith(state))
                .toList();
    }

    /** All that git knows of. */
    List<WorktreeEntry> entries() {
        return new WorktreeList(repository).entries();
    }

    @Override
    public void remove(Worktree worktree, Removal removal) {
        removing.remove(worktree, removal, removing::discard);
    }

    @Override
    public CompletionStage<Void> removeLater(Worktree worktree, Removal removal) {
        return removing.removeLater(worktree, removal, removing::discard);
    }

    @Override
    public void prune() {
        RoomFolder.sweep(repository);
        removing.goOnWithInterrupted();
        lock.holding(() -> {
            new PoolShelf(repository).takeBackInterrupted(trash);
            additions.takeBackInterrupted();
            List<WorktreeEntry> present = entries();
            present.stream()
                    .filter(entry -> entry.branch().map(branches::isOurs).orElse(false))
                    .forEach(this::dropMissing);
            branches.dropStaleStarts(present);
            trash.resume();
            return true;
        });
    }

    /** Drops a registration if its directory is gone, nobody locked it and nothing is in it that is nowhere else. */
    private void dropMissing(WorktreeEntry entry) {
        Path directory = entry.directory();
        Optional<Path> admin = AdminDirectories.of(repository, directory);
        if (entry.bare()
                || admin.isEmpty()
                || admin.get().equals(repository.commonDirectory())
                || Files.exists(directory, LinkOption.NOFOLLOW_LINKS)
                || RemovalMark.isLockedByOthers(admin.get())) {
            return;
        }
        Worktree gone = new Worktree(
                directory,
                admin.get(),
                entry.branch().orElse("HEAD"),
                entry.head().orElse(""),
                false);
        Optional<String> work = UnsavedWork.hasSubmodules(admin.get())
                ? Optional.of("holds submodules")
                : unsaved.inRegistrationOf(gone);
        if (work.isPresent()) {
            log.atWarn()
                    .addKeyValue("directory", directory)
                    .addKeyValue("registration", admin.get())
                    .addKeyValue("reason", work.get())
                    .log("Kept a stale worktree registration");
            return;
        }
        trash.discard(admin.get());
        log.atInfo().addKeyValue("directory", directory).log("Dropped a stale worktree registration");
    }

    private static WorktreeExistsException exists(Path directory, String why) {
        return new WorktreeExistsException(directory.toString(), why);
    }

    private static boolean isEmptyDirectory(Path directory) {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            return !entries.iterator().hasNext();
        } catch (IOException e) {
            throw new WorktreeException(directory + ": cannot be read (" + e + ")", e);
        }
    }

    @Override
    public void close() {
        removing.close();
        trash.close();
    }
}
