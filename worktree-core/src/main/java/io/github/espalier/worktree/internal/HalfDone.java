package io.github.espalier.worktree.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Takes back what git did to a checkout before it failed half way: on a full disk, at a folder it may not write to, at a
 * filter that fails. The index is as it was then, and what git had written holds nothing but the second commit's content.
 */
public final class HalfDone {
    /** What the name of an index of ours begins with that a git of ours may hold the lock of. */
    public static final String INDEX = "espalier-index-";

    /** Larger files are not compared byte by byte. */
    private static final long MOST_BYTES = 64L << 20;

    private final Git git;
    private final Path directory;
    private final Path gitDirectory;

    HalfDone(Git git, Path directory, Path gitDirectory) {
        this.git = git;
        this.directory = directory;
        this.gitDirectory = gitDirectory;
    }

    /** Only a file that has the second commit's content or its beginning, or is gone, is touched: any other is somebody's. */
    void takeBack(TreeChanges changes, String to) throws IOException {
        Set<String> others = othersThan(to);
        for (String path : List.copyOf(others)) {
            if (changes.contains(path) && isBegun(path, to)) {
                others.remove(path);
            }
        }
        for (String path : changes.added()) {
            if (!others.contains(path)) {
                deleteWithEmptyParents(path);
            }
        }
        List<String> restored = new ArrayList<>(changes.deleted());
        changes.changed().stream()
                .filter(path -> !others.contains(path) || isGone(path))
                .forEach(restored::add);
        restored.removeIf(path -> changes.deleted().contains(path) && !isGone(path));
        git.command("checkout-index", "--force", "--quiet", "-z", "--stdin")
                .input(String.join("\0", restored) + "\0")
                .accept(1, 128)
                .uninterrupted()
                .run();
    }

    /** Lets the index know the files that were made again; it is locked meanwhile. */
    void refresh() {
        git.command("update-index", "-q", "--refresh")
                .accept(1, 128)
                .uninterrupted()
                .run();
    }

    /** Paths of the commit at which there is something else, or nothing. */
    private Set<String> othersThan(String to) throws IOException {
        Path index = Files.createTempFile(gitDirectory, INDEX, "");
        try {
            Files.delete(index);
            compare(index, "read-tree", to);
            compare(index, "update-index", "-q", "--refresh");
            return new HashSet<>(compare(index, "diff-files", "-z", "--name-only", "--no-ext-diff")
                    .nulSeparated());
        } finally {
            Files.deleteIfExists(index);
        }
    }

    /** Git makes a file and then writes it: where it was killed in between, what there is holds nothing that is nowhere else. */
    private boolean isBegun(String path, String to) throws IOException {
        Path file = directory.resolve(path);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        long size = Files.size(file);
        if (size == 0 || size > MOST_BYTES || blobSize(path, to) > MOST_BYTES) {
            return size == 0;
        }
        byte[] whole = show(path, to, "--filters").bytes();
        byte[] begun = Files.readAllBytes(file);
        return begun.length < whole.length && Arrays.equals(begun, Arrays.copyOf(whole, begun.length));
    }

    private long blobSize(String path, String to) {
        GitResult result = show(path, to, "-s");
        return result.exitCode() == 0 ? Long.parseLong(result.line()) : Long.MAX_VALUE;
    }

    private GitResult show(String path, String to, String how) {
        return git.command("cat-file", how, to + ":" + path)
                .accept(1, 128)
                .uninterrupted()
                .run();
    }

    private GitResult compare(Path index, String... arguments) {
        return git.command(arguments)
                .environment("GIT_INDEX_FILE", index.toString())
                .accept(1, 128)
                .uninterrupted()
                .run();
    }

    private boolean isGone(String path) {
        return !Files.exists(directory.resolve(path), LinkOption.NOFOLLOW_LINKS);
    }

    private void deleteWithEmptyParents(String path) throws IOException {
        Path file = directory.resolve(path);
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.deleteIfExists(file);
        for (Path parent = file.getParent();
                parent != null && !parent.equals(directory) && isEmpty(parent);
                parent = parent.getParent()) {
            Files.delete(parent);
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (var entries = Files.newDirectoryStream(folder)) {
            return !entries.iterator().hasNext();
        }
    }
}
