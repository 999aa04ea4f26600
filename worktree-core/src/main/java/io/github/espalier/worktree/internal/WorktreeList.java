package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.GitCommandException;
import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.WorktreeEntry;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The worktrees of a repository, from git's files; where those are not plain, from {@code git worktree list --porcelain -z}:
 * lines of a record end in NUL, a record in one more.
 */
public final class WorktreeList {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(2);
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(10);

    private final GitRepository repository;

    public WorktreeList(GitRepository repository) {
        this.repository = repository;
    }

    public List<WorktreeEntry> entries() {
        return new WorktreeRegistry(repository).read().orElseGet(this::listed);
    }

    /**
     * The worktrees that may have a branch out besides one. Nearly always there is none, and that takes a look at the file
     * {@code HEAD} of each; else all are listed.
     *
     * @param gitDirectory of the one that is not meant
     */
    List<WorktreeEntry> mayHaveOut(String branch, Path gitDirectory) {
        String ref = "refs/heads/" + branch;
        Path common = repository.commonDirectory();
        if (mayHaveOut(common, ref)) {
            return entries();
        }
        try (DirectoryStream<Path> linked = Files.newDirectoryStream(common.resolve("worktrees"))) {
            for (Path other : linked) {
                if (!other.equals(gitDirectory) && mayHaveOut(other, ref)) {
                    return entries();
                }
            }
            return List.of();
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of(); // there is no linked one
        } catch (IOException | DirectoryIteratorException e) {
            return entries();
        }
    }

    private static boolean mayHaveOut(Path gitDirectory, String ref) {
        return HeadFile.read(gitDirectory)
                .map(head -> head instanceof HeadFile.Content.On on && on.ref().equals(ref))
                .orElse(true);
    }

    List<WorktreeEntry> listed() {
        List<WorktreeEntry> entries = new ArrayList<>();
        List<String> record = new ArrayList<>();
        for (String line : list(Git.of(repository)).nulSeparated()) {
            if (!line.isEmpty()) {
                record.add(line);
            } else if (!record.isEmpty()) {
                entries.add(entry(record));
                record.clear();
            }
        }
        return List.copyOf(entries);
    }

    /**
     * Lists; tries again for a while where a registration is just being made. Git writes its files one after the other, and
     * until then no git can list any (seen in 2.39.5).
     */
    public static GitResult list(Git git) {
        long start = System.nanoTime();
        while (true) {
            try {
                return git.command("worktree", "list", "--porcelain", "-z").run();
            } catch (GitCommandException e) {
                boolean halfMade =
                        e.stderr().contains("failed to read") && e.stderr().contains("commondir");
                if (!halfMade
                        || System.nanoTime() - start > PATIENCE
                        || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE);
            }
        }
    }

    private static WorktreeEntry entry(List<String> record) {
        return new WorktreeEntry(
                Path.of(value(record, "worktree").orElseThrow()),
                value(record, "HEAD").filter(id -> !id.matches("0+")),
                value(record, "branch").map(ref -> ref.replaceFirst("^refs/heads/", "")),
                record.contains("bare"),
                value(record, "prunable"));
    }

    private static Optional<String> value(List<String> record, String key) {
        return record.stream()
                .filter(line -> line.equals(key) || line.startsWith(key + " "))
                .map(line -> line.equals(key) ? "" : line.substring(key.length() + 1))
                .findFirst();
    }
}
