package io.github.espalier.worktree.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A checkout of the target: says whether it can follow, and follows. */
final class Checkout {
    private static final List<String> IN_PROGRESS =
            List.of("MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "rebase-merge", "rebase-apply", "BISECT_LOG");
    private static final Pattern QUOTED = Pattern.compile("(?m)^(?:error: .*?'(.+?)'|\\t(.+)$)");

    private final Path directory;
    private final Path gitDirectory;
    private final Git git;

    Checkout(Path directory, Path gitDirectory) {
        this.directory = directory;
        this.gitDirectory = gitDirectory;
        git = Git.in(gitDirectory, directory);
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

    /** Reasons to leave the checkout alone that git's own two-tree merge would not see. */
    Optional<Refusal> refusal(String from, String to) {
        Optional<String> operation = operationInProgress(gitDirectory);
        if (operation.isPresent()) {
            return Optional.of(new Refusal(operation.get() + ": an operation is in progress there", List.of()));
        }
        List<String> covered = wouldCover(from, to);
        return covered.isEmpty()
                ? Optional.empty()
                : Optional.of(new Refusal("untracked or ignored files would be overwritten", covered));
    }

    /** Git takes ignored files for expendable when it brings new ones; a person's {@code .env} is not. */
    private List<String> wouldCover(String from, String to) {
        List<String> changes = git.command(
                        "diff-tree", "-r", "-z", "--no-renames", "--name-status", "--diff-filter=AD", from, to)
                .run()
                .nulSeparated();
        Set<String> deleted = new HashSet<>();
        List<String> added = new ArrayList<>();
        for (int i = 0; i + 1 < changes.size(); i += 2) {
            (changes.get(i).equals("D") ? deleted : added).add(changes.get(i + 1));
        }
        return added.stream().filter(path -> isCovered(path, deleted)).toList();
    }

    private boolean isCovered(String path, Set<String> deleted) {
        if (Files.exists(directory.resolve(path), LinkOption.NOFOLLOW_LINKS)) {
            // A tracked directory that becomes a file, or a link that becomes a directory, is git's to judge.
            return deleted.stream().noneMatch(gone -> gone.startsWith(path + "/"));
        }
        for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
            String parent = path.substring(0, slash);
            Path file = directory.resolve(parent);
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                return !deleted.contains(parent);
            }
        }
        return false;
    }

    /** Brings index and files from one commit to another, as a fast-forward would; all or nothing. */
    Optional<Refusal> follow(String from, String to) {
        Git.Result first = readTree(from, to);
        if (first.exitCode() == 0) {
            return Optional.empty();
        }
        // Files that only look changed (touched, copied) are not in the way; git's own fast-forward refreshes too.
        git.command("update-index", "-q", "--refresh").accept(1, 128).run();
        Git.Result second = readTree(from, to);
        return second.exitCode() == 0 ? Optional.empty() : Optional.of(refusal(second.error()));
    }

    private Git.Result readTree(String from, String to) {
        return git.command("read-tree", "-m", "-u", from, to).accept(1, 128).run();
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
            throw new UncheckedIOException(e);
        }
    }
}
