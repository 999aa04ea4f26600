package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.GitCommandException;
import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.RefMovedException;
import io.github.espalier.worktree.Refs;
import io.github.espalier.worktree.Removal;
import io.github.espalier.worktree.UnsavedWorkException;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Worktrees by the git program. Beside each branch it makes it keeps {@code refs/espalier/start/<branch>} at the commit the
 * branch began at: made and deleted in one transaction with the branch, it tells what is ours and whether it has changed.
 */
public final class GitWorktreeManager implements WorktreeManager {
    private static final Logger log = LoggerFactory.getLogger(WorktreeManager.class);
    private static final String START = "refs/espalier/start/";

    private final GitRepository repository;
    private final Git git;
    private final Refs refs;
    private final RepositoryLock lock;
    private final Trash trash;

    public GitWorktreeManager(GitRepository repository) {
        this.repository = repository;
        git = Git.of(repository);
        refs = Refs.of(repository);
        lock = new RepositoryLock(repository);
        trash = new Trash(repository);
    }

    @Override
    public Worktree add(WorktreeRequest request) {
        return lock.holding(() -> adopt(request).orElseGet(() -> create(request)));
    }

    private Optional<Worktree> adopt(WorktreeRequest request) {
        Optional<WorktreeEntry> registered = list().stream()
                .filter(entry ->
                        entry.missing().isEmpty() && AdminDirectories.same(entry.directory(), request.directory()))
                .findFirst();
        if (registered.isEmpty()) {
            return Optional.empty();
        }
        Path directory = request.directory();
        Path admin = AdminDirectories.of(repository, directory)
                .orElseThrow(() -> exists(directory.toString(), "is a worktree that cannot be identified"));
        Worktree worktree = new Worktree(directory, admin, request.branch(), request.base(), true);
        if (!registered.get().branch().equals(Optional.of(request.branch()))
                || !unchangedSinceStart(request.branch())
                || holdsUncommitted(worktree)) {
            throw exists(
                    directory.toString(), "is a worktree that is not ours or has been worked in; choose another name");
        }
        Git.in(worktree).command("reset", "--keep", "--quiet", request.base()).run();
        refs.update(START + request.branch(), request.base(), start(request.branch()), "espalier: adopted");
        log.atInfo()
                .addKeyValue("directory", directory)
                .addKeyValue("branch", request.branch())
                .log("Adopted worktree");
        return Optional.of(worktree);
    }

    private Worktree create(WorktreeRequest request) {
        Path directory = request.directory();
        boolean directoryWasThere = Files.exists(directory, LinkOption.NOFOLLOW_LINKS);
        if (directoryWasThere && !isEmptyDirectory(directory)) {
            throw exists(directory.toString(), "is there already; choose another name or move it away");
        }
        dropMissing(directory);
        claimBranch(request);
        try {
            git.command("worktree", "add", "--quiet", directory.toString(), request.branch())
                    .run();
            Path admin = AdminDirectories.of(repository, directory)
                    .orElseThrow(() -> new WorktreeException(directory + ": git made it and does not list it"));
            log.atInfo()
                    .addKeyValue("directory", directory)
                    .addKeyValue("branch", request.branch())
                    .log("Added worktree");
            return new Worktree(directory, admin, request.branch(), request.base(), false);
        } catch (RuntimeException e) {
            takeBack(request, directoryWasThere, e);
            throw e;
        }
    }

    /** Makes the branch and its start, or moves both if the branch is a leftover of ours that nobody worked on. */
    private void claimBranch(WorktreeRequest request) {
        String branch = request.branch();
        Optional<String> tip = refs.read("refs/heads/" + branch);
        if (tip.isPresent() && !(unchangedSinceStart(branch) && notCheckedOut(branch))) {
            throw exists(branch, "is a branch already that is not ours or has been worked on; choose another name");
        }
        try {
            changeRefs(command("update", "refs/heads/" + branch, request.base(), tip)
                    + command("update", START + branch, request.base(), refs.read(START + branch)));
        } catch (GitCommandException e) {
            WorktreeExistsException inTheWay = exists(branch, "cannot be made as a branch beside those that exist");
            inTheWay.addSuppressed(e);
            throw e.stderr().contains("exists") ? inTheWay : e;
        }
    }

    private void takeBack(WorktreeRequest request, boolean keepDirectory, RuntimeException cause) {
        try {
            AdminDirectories.of(repository, request.directory()).ifPresent(trash::discard);
            if (!keepDirectory) {
                trash.discard(request.directory());
            }
            deleteBranch(request.branch(), request.base());
        } catch (RuntimeException e) {
            cause.addSuppressed(e);
        }
    }

    @Override
    public List<WorktreeEntry> list() {
        return new WorktreeList(git).entries();
    }

    @Override
    public void remove(Worktree worktree, Removal removal) {
        lock.holding(() -> {
            if (Files.isDirectory(worktree.gitDirectory())) {
                requireNothingLost(worktree, removal);
            }
            removal.deleteBranchAt().ifPresent(tip -> requireTip(worktree.ref(), tip));
            trash.discard(worktree.directory());
            trash.discard(worktree.gitDirectory());
            removal.deleteBranchAt().ifPresent(tip -> deleteBranch(worktree.branch(), tip));
            log.atInfo().addKeyValue("directory", worktree.directory()).log("Removed worktree");
            return true;
        });
    }

    private void requireNothingLost(Worktree worktree, Removal removal) {
        if (Files.exists(worktree.gitDirectory().resolve("modules"))) {
            throw new UnsavedWorkException(
                    worktree.directory(),
                    "holds initialised submodules, whose commits lie only there; push and remove them");
        }
        if (removal.discardUncommitted() || !Files.isDirectory(worktree.directory())) {
            return;
        }
        if (holdsUncommitted(worktree)) {
            throw new UnsavedWorkException(
                    worktree.directory(),
                    "holds uncommitted content; rescue or commit it before removing the worktree");
        }
        Optional<String> head = head(worktree);
        Optional<String> tip = refs.read(worktree.ref());
        boolean held = head.isEmpty() || (tip.isPresent() && refs.isAncestor(head.get(), tip.get()));
        if (!held) {
            throw new UnsavedWorkException(
                    worktree.directory(),
                    "has commits that branch " + worktree.branch() + " does not contain; rescue them");
        }
    }

    private static Optional<String> head(Worktree worktree) {
        String id = Git.in(worktree)
                .command("rev-parse", "--verify", "--quiet", "HEAD^{commit}")
                .accept(1, 128)
                .run()
                .line();
        return Optional.of(id).filter(Names::isObjectId);
    }

    private static boolean holdsUncommitted(Worktree worktree) {
        return !Git.in(worktree)
                .command("status", "--porcelain", "-z", "--untracked-files=normal")
                .run()
                .text()
                .isEmpty();
    }

    @Override
    public void prune() {
        lock.holding(() -> {
            list().stream()
                    .filter(entry -> entry.missing().isPresent())
                    .filter(entry -> entry.branch()
                            .flatMap(branch -> refs.read(START + branch))
                            .isPresent())
                    .forEach(entry -> dropMissing(entry.directory()));
            trash.resume();
            return true;
        });
    }

    /** Drops the registration of a directory that is gone; others' missing worktrees are not ours to prune. */
    private void dropMissing(Path directory) {
        if (Files.exists(directory.resolve(".git"), LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        AdminDirectories.of(repository, directory)
                .filter(admin -> !admin.equals(repository.commonDirectory()))
                .filter(admin -> !Files.exists(admin.resolve("locked")))
                .ifPresent(admin -> {
                    trash.discard(admin);
                    log.atInfo().addKeyValue("directory", directory).log("Dropped a stale worktree registration");
                });
    }

    private boolean unchangedSinceStart(String branch) {
        Optional<String> start = refs.read(START + branch);
        return start.isPresent() && start.equals(refs.read("refs/heads/" + branch));
    }

    private boolean notCheckedOut(String branch) {
        return list().stream()
                .noneMatch(entry -> entry.missing().isEmpty() && entry.branch().equals(Optional.of(branch)));
    }

    private String start(String branch) {
        return refs.read(START + branch).orElseThrow();
    }

    private void requireTip(String ref, String expected) {
        Optional<String> actual = refs.read(ref);
        if (!actual.equals(Optional.of(expected))) {
            throw new RefMovedException(ref, Optional.of(expected), actual);
        }
    }

    private void deleteBranch(String branch, String tip) {
        String start = refs.read(START + branch)
                .map(id -> "delete " + START + branch + "\0" + id + "\0")
                .orElse("");
        changeRefs("delete refs/heads/" + branch + "\0" + tip + "\0" + start);
    }

    private void changeRefs(String commands) {
        git.command("update-ref", "-z", "-m", "espalier", "--stdin")
                .input(commands)
                .run();
    }

    /** In {@code update-ref -z --stdin} an empty old value would mean "any"; all zeros mean "must not exist". */
    private static String command(String verb, String ref, String id, Optional<String> expected) {
        return verb + " " + ref + "\0" + id + "\0" + expected.orElse("0".repeat(id.length())) + "\0";
    }

    private static WorktreeExistsException exists(String what, String why) {
        return new WorktreeExistsException(what, why);
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
        trash.close();
    }
}
