package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.GitCommandException;
import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.TargetBranch;
import io.github.espalier.worktree.TrustedConfiguration;
import io.github.espalier.worktree.WorktreeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A checkout of the target: says whether it can follow, and follows. Not thread-safe. */
final class Checkout {
    private static final Logger log = LoggerFactory.getLogger(TargetBranch.class);
    private static final List<String> IN_PROGRESS = List.of(
            "MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "rebase-merge", "rebase-apply", "sequencer", "BISECT_LOG");
    private static final Pattern QUOTED = Pattern.compile("(?m)^(?:error: .*?'(.+?)'|\\t(.+)$)");

    private final Path directory;
    private final Path gitDirectory;
    private final TrustedConfiguration configuration;
    private final Git git;
    /** Commits do not change. */
    private final Map<List<String>, TreeChanges> changes = new HashMap<>();

    Checkout(GitRepository repository, TrustedConfiguration configuration, Path directory, Path gitDirectory) {
        this.directory = directory;
        this.gitDirectory = gitDirectory;
        this.configuration = configuration;
        git = Git.in(gitDirectory, directory).fetching(repository);
    }

    /**
     * Why a checkout did not follow.
     *
     * @param reason for a person
     * @param paths what is in the way
     */
    record Refusal(String reason, List<String> paths) {}

    /** The file that says that a merge, rebase, cherry-pick, revert or bisection is under way. */
    static Optional<String> operationInProgress(Path gitDirectory) {
        return IN_PROGRESS.stream()
                .filter(name -> Files.exists(gitDirectory.resolve(name)))
                .findFirst();
    }

    Path directory() {
        return directory;
    }

    /** Whether a rebase that will move this branch at its end is under way here: HEAD is detached meanwhile. */
    boolean isRebasing(String ref) {
        return List.of("rebase-merge/head-name", "rebase-apply/head-name").stream()
                .map(gitDirectory::resolve)
                .filter(Files::isRegularFile)
                .anyMatch(file -> read(file).strip().equals(ref));
    }

    private TreeChanges changes(String from, String to) {
        return changes.computeIfAbsent(
                List.of(from, to), ends -> TreeChanges.between(git, directory, ends.get(0), ends.get(1)));
    }

    /** Why the checkout cannot go from one commit to another; empty: it can, unless something changes now. */
    Optional<Refusal> refusal(String from, String to) {
        if (!Files.isDirectory(directory)) {
            return refused("is registered as a checkout of it and is not there; run git worktree repair or prune");
        }
        Optional<String> operation = operationInProgress(gitDirectory);
        if (operation.isPresent()) {
            return refused(operation.get() + ": an operation is in progress there");
        }
        TreeChanges changes = changes(from, to);
        List<String> covered = changes.covered();
        if (!covered.isEmpty()) {
            return Optional.of(new Refusal("untracked or ignored files would be overwritten", covered));
        }
        List<String> deleted = deletedByUser(changes);
        if (!deleted.isEmpty()) {
            return Optional.of(new Refusal("files that change were deleted there", deleted));
        }
        List<String> replaced = replacedByFolder(changes);
        if (!replaced.isEmpty()) {
            return Optional.of(new Refusal("files that go were replaced by folders there", replaced));
        }
        List<String> staged = stagedBelow(changes, from);
        if (!staged.isEmpty()) {
            return Optional.of(new Refusal("changes are staged below the place that a file takes", staged));
        }
        return configuration.isKnown()
                ? Optional.empty()
                : refused("filters were configured since this began, which git would run there");
    }

    /** Git takes a missing file for one that it may make again; files that a sparse checkout leaves out are not meant. */
    private List<String> deletedByUser(TreeChanges changes) {
        Set<String> missing = new HashSet<>(changes.changed());
        missing.removeIf(path -> Files.exists(directory.resolve(path), LinkOption.NOFOLLOW_LINKS));
        return missing.isEmpty()
                ? List.of()
                : git.command("ls-files", "-z", "--deleted").run().nulSeparated().stream()
                        .filter(missing::contains)
                        .toList();
    }

    /** Git deletes what is staged below a path, and its files, where a file of that path goes (seen in git 2.39.5). */
    private List<String> replacedByFolder(TreeChanges changes) {
        List<String> gone = changes.deleted().stream()
                .filter(path -> isMissing(directory.resolve(path)))
                .toList();
        if (gone.isEmpty()) {
            return List.of();
        }
        List<String> staged = git.command("ls-files", "-z").run().nulSeparated();
        return gone.stream()
                .filter(path -> staged.stream().anyMatch(entry -> entry.startsWith(path + "/")))
                .toList();
    }

    /** Git forgets them, and deletes their files (seen in git 2.39.5). */
    private List<String> stagedBelow(TreeChanges changes, String from) {
        return changes.added().isEmpty()
                ? List.of()
                : differences(from).run().nulSeparated().stream()
                        .filter(path -> changes.added().stream().anyMatch(place -> path.startsWith(place + "/")))
                        .toList();
    }

    private static boolean isMissing(Path file) {
        return !Files.exists(file, LinkOption.NOFOLLOW_LINKS) || Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS);
    }

    private static Optional<Refusal> refused(String reason) {
        return Optional.of(new Refusal(reason, List.of()));
    }

    /** Brings index and files from one commit to another, as a fast-forward would; all or nothing. */
    Optional<Refusal> follow(String from, String to) {
        GitResult rehearsal = rehearse(from, to);
        if (rehearsal.exitCode() != 0 && rehearsal.lockFile().isEmpty()) {
            // Files that only look changed (touched, copied) are not in the way; git's own fast-forward refreshes too.
            trusting().command("update-index", "-q", "--refresh").accept(1, 128).run();
            rehearsal = rehearse(from, to);
        }
        if (rehearsal.exitCode() != 0) {
            return Optional.of(refusal(rehearsal.error()));
        }
        TreeChanges changes = changes(from, to);
        GitResult done;
        try {
            done = readTree("-u", from, to).uninterrupted().run();
        } catch (GitCommandException e) {
            return afterDeath(changes, to, e);
        }
        if (done.exitCode() == 0) {
            return Optional.empty();
        }
        if (done.lockFile().isEmpty()) {
            takeBack(changes, to, Optional.empty());
        }
        return Optional.of(refusal(done.error()));
    }

    /** Git was killed, by the kernel for want of memory perhaps, or ran out of time: nobody has heard how far it came. */
    private Optional<Refusal> afterDeath(TreeChanges changes, String to, GitCommandException death) {
        Path lock = gitDirectory.resolve("index.lock");
        if (!Files.exists(lock) && !changes.isEmpty() && isStaged(changes, to)) {
            return Optional.empty(); // the index takes its place last of all
        }
        boolean ours = false;
        try {
            ours = Files.exists(lock) && isAbandoned(lock) && isOfThisMove(lock, changes, to);
        } catch (IOException | WorktreeException e) {
            death.addSuppressed(e);
        }
        takeBack(changes, to, ours ? Optional.of(lock) : Optional.empty());
        return Optional.of(new Refusal("git ended in the middle of it: " + death.getMessage(), List.of()));
    }

    private static boolean isAbandoned(Path lock) {
        return !LockOwners.mayBeElsewhere(lock) && LockOwners.canBeSeen(lock) && !GitProcesses.isOpen(lock);
    }

    /**
     * Git keeps the lock empty, and open, while it changes files, writes the index into it, closes it and renames it. What is
     * written may be somebody's commit, unless it holds what this move leads to, or nobody will ever read it.
     */
    private boolean isOfThisMove(Path lock, TreeChanges changes, String to) throws IOException {
        return !IndexFile.isWhole(lock)
                || differences(to).environment("GIT_INDEX_FILE", lock.toString()).run().nulSeparated().stream()
                        .noneMatch(changes::contains);
    }

    /** Git checks everything before it changes anything: if this goes well, a failure came half way. */
    private GitResult rehearse(String from, String to) {
        return readTree("-nu", from, to).run();
    }

    private GitCommand readTree(String how, String from, String to) {
        return trusting()
                .command("read-tree", "-m", how, "--no-recurse-submodules", from, to)
                .accept(1, 128);
    }

    private Git trusting() {
        return git.trusting(configuration);
    }

    private void takeBack(TreeChanges changes, String to, Optional<Path> lock) {
        try {
            bringBack(changes, to, lock);
        } catch (IOException | RuntimeException e) {
            log.atError()
                    .addKeyValue("checkout", directory)
                    .setCause(e)
                    .log("A checkout was changed half way and could not be brought back");
        }
    }

    /** The lock goes when all is as it was: to a recovery, should this process die too, it tells that something is not. */
    private void bringBack(TreeChanges changes, String to, Optional<Path> lock) throws IOException {
        HalfDone done = new HalfDone(trusting(), directory, gitDirectory);
        done.takeBack(changes, to);
        if (lock.isPresent()) {
            Files.deleteIfExists(lock.get());
        }
        done.refresh();
    }

    /** Brings back what a move left that was interrupted; returns whether there was anything. */
    boolean settle(String from, String to, List<Path> locks) {
        TreeChanges changes = changes(from, to);
        Path lock = gitDirectory.resolve("index.lock");
        if (locks.contains(lock)) { // git holds it all the while that it changes files, and then renames it
            try {
                bringBack(changes, to, Optional.of(lock));
            } catch (IOException e) {
                throw new WorktreeException(
                        directory + ": was left half way and cannot be brought back (" + e + ")", e);
            }
        } else if (!changes.isEmpty() && isStaged(changes, to)) {
            follow(to, from).ifPresent(refusal -> {
                throw new WorktreeException(
                        directory + ": is ahead of its branch and cannot be brought back (" + refusal.reason() + ")");
            });
        } else {
            return false;
        }
        log.atWarn().addKeyValue("checkout", directory).log("Brought a checkout back from a move that was interrupted");
        return true;
    }

    /** Whether the index holds the second commit's entry at every path that changes. */
    private boolean isStaged(TreeChanges changes, String to) {
        return differences(to).run().nulSeparated().stream().noneMatch(changes::contains);
    }

    /** Where the index has another entry than a commit. */
    private GitCommand differences(String commit) {
        return git.command("diff-index", "--cached", "-z", "--name-only", "--no-ext-diff", commit);
    }

    private static Refusal refusal(String error) {
        List<String> paths = new ArrayList<>();
        Matcher matcher = QUOTED.matcher(error);
        while (matcher.find()) {
            paths.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
        }
        return new Refusal(error.lines().findFirst().orElse("git refused without a word"), paths);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new WorktreeException(file + ": cannot be read (" + e + ")", e);
        }
    }
}
