package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.GitCommandException;
import io.github.espalier.worktree.TrustedConfiguration;
import io.github.espalier.worktree.Worktree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * An index of our own over a worktree's files, which starts as a copy of the worktree's and is kept: the times in it say
 * which files need not be read again. Not thread-safe.
 */
final class SnapshotIndex {
    private static final String NO_COMMIT = "does not have a commit checked out";

    private final Worktree worktree;
    private final Path file;
    private final Git git;

    /**
     * An index.
     *
     * @param configuration says which filters run
     */
    SnapshotIndex(Worktree worktree, Path file, TrustedConfiguration configuration) {
        this.worktree = worktree;
        this.file = file;
        git = Git.in(worktree).trusting(configuration);
    }

    /** Brings it up to what the worktree holds now; returns the tree. */
    String tree(String head) throws IOException {
        if (!Files.exists(file)) {
            start(head);
        }
        Map<String, IndexEntry> own = IndexEntry.parse(list().run());
        Map<String, IndexEntry> tracked = worktrees().map(IndexEntry::parse).orElse(own);
        own = withoutIgnored(own, tracked);
        follow(own, tracked);
        Set<String> nested = new TreeSet<>();
        tracked.values().stream()
                .filter(this::isRepository)
                .map(IndexEntry::path)
                .forEach(nested::add);
        own.values().stream().filter(this::isRepository).map(IndexEntry::path).forEach(nested::add);
        add(nested);
        return git("write-tree").run().line();
    }

    private void start(String head) throws IOException {
        Path parent = file.resolveSibling(".").normalize();
        Files.createDirectories(parent);
        Path theirs = worktree.gitDirectory().resolve("index");
        if (Files.isRegularFile(theirs, LinkOption.NOFOLLOW_LINKS)) {
            // Its time tells git which files it must read although their own times are those of the entries.
            Files.copy(theirs, file, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
            GitResult entries = list().accept(1, 128).run();
            if (entries.exitCode() == 0) {
                List<String> promised = IndexEntry.parse(entries).values().stream()
                        .filter(IndexEntry::isPromisedUnchanged)
                        .map(IndexEntry::path)
                        .toList();
                update(promised, "--no-assume-unchanged");
                return;
            }
            Files.delete(file);
        }
        git("read-tree", head).run();
    }

    /** What the worktree's own index holds now; empty: it cannot be read. */
    private Optional<GitResult> worktrees() {
        GitResult entries = Git.in(worktree)
                .command("ls-files", "-z", "-s", "-v")
                .accept(1, 128)
                .run();
        return Optional.of(entries).filter(result -> result.exitCode() == 0);
    }

    private GitCommand list() {
        return git("ls-files", "-z", "-s", "-v");
    }

    /** What we took up as untracked, or the agent has untracked since, goes when it is ignored. */
    private Map<String, IndexEntry> withoutIgnored(Map<String, IndexEntry> own, Map<String, IndexEntry> tracked) {
        List<String> untracked = own.keySet().stream()
                .filter(path -> !tracked.containsKey(path) && isThere(path))
                .toList();
        if (untracked.isEmpty()) {
            return own;
        }
        List<String> ignored = split(git("check-ignore", "--no-index", "-z", "--stdin")
                .input(joined(untracked))
                .accept(1)
                .run());
        update(ignored, "--force-remove");
        own.keySet().removeAll(ignored);
        return own;
    }

    /**
     * Takes up what is tracked by now and {@code git add} would pass over: ignored files that are there, and files that a
     * sparse checkout leaves out.
     */
    private void follow(Map<String, IndexEntry> own, Map<String, IndexEntry> tracked) {
        List<String> present = new ArrayList<>();
        List<String> skipped = new ArrayList<>();
        StringBuilder info = new StringBuilder();
        for (IndexEntry entry : tracked.values()) {
            IndexEntry ours = own.get(entry.path());
            boolean same = ours != null && (!entry.isSkipped() || ours.isSame(entry));
            if (same || entry.isGitlink()) {
                continue;
            }
            if (isFile(entry.path())) {
                if (ours == null) {
                    present.add(entry.path());
                }
            } else if (entry.isSkipped()) {
                skipped.add(entry.path());
                info.append(entry.mode()).append(' ').append(entry.object());
                info.append('\t').append(entry.path()).append('\0');
            }
        }
        update(present, "--add", "--remove");
        if (!skipped.isEmpty()) {
            git("update-index", "-z", "--index-info")
                    .input(RescueRoom.bytes(info.toString()))
                    .run();
            update(skipped, "--skip-worktree");
        }
    }

    /** To add a submodule, git would look for changes in it, and run what the configuration there names; its head will do. */
    private void add(Set<String> nested) {
        try {
            addAllBut(nested);
        } catch (GitCommandException e) {
            if (!e.stderr().contains(NO_COMMIT)) {
                throw e;
            }
            split(git("ls-files", "-z", "--others", "--exclude-standard").run()).stream()
                    .filter(path -> path.endsWith("/"))
                    .map(path -> path.substring(0, path.length() - 1))
                    .forEach(nested::add);
            addAllBut(nested);
        }
        link(nested);
    }

    /** One without a commit is left as it was, which keeps git from doing the same for others. */
    private void link(Set<String> nested) {
        if (nested.isEmpty()) {
            return;
        }
        GitResult linked = git("update-index", "--add", "--replace", "-z", "--stdin")
                .input(joined(nested))
                .accept(128)
                .run();
        if (linked.exitCode() != 0 && nested.size() > 1) {
            nested.forEach(path -> link(Set.of(path)));
        }
    }

    private void addAllBut(Set<String> nested) {
        StringBuilder paths = new StringBuilder(".\0");
        nested.forEach(
                path -> paths.append(":(exclude,top,literal)").append(path).append('\0'));
        git("add", "-A", "--sparse", "--pathspec-from-file=-", "--pathspec-file-nul")
                .input(RescueRoom.bytes(paths.toString()))
                .run();
    }

    private void update(Collection<String> paths, String... how) {
        if (!paths.isEmpty()) {
            List<String> arguments = new ArrayList<>(List.of("update-index"));
            arguments.addAll(List.of(how));
            arguments.addAll(List.of("-z", "--stdin"));
            git(arguments.toArray(String[]::new)).input(joined(paths)).run();
        }
    }

    /**
     * Git on this index. A shared index would be written beside the worktree's own; with sparse checkouts switched on, a file
     * that is there counts whatever the index says of it.
     */
    private GitCommand git(String... arguments) {
        return git.command(arguments)
                .config("core.splitIndex", "false")
                .config("core.sparseCheckout", "true")
                .config("core.safecrlf", "false")
                .config("add.ignoreErrors", "false")
                .config("advice.addEmbeddedRepo", "false")
                .environment("GIT_INDEX_FILE", file.toString());
    }

    private boolean isRepository(IndexEntry entry) {
        try {
            return entry.isGitlink() && Files.exists(place(entry.path()).resolve(".git"), LinkOption.NOFOLLOW_LINKS);
        } catch (InvalidPathException e) {
            return true; // it cannot be looked at
        }
    }

    private boolean isFile(String path) {
        return isThere(path) && !Files.isDirectory(place(path), LinkOption.NOFOLLOW_LINKS);
    }

    /** Whether something is at a path, and not behind a symbolic link, where git refuses to look. */
    private boolean isThere(String path) {
        try {
            Path place = place(path);
            return Files.exists(place, LinkOption.NOFOLLOW_LINKS)
                    && isInside(place.resolveSibling(".").normalize());
        } catch (InvalidPathException | IOException e) {
            return false; // a name that Java cannot give, or it has just gone
        }
    }

    private boolean isInside(Path folder) throws IOException {
        Path root = worktree.directory();
        return folder.toRealPath()
                .equals(root.toRealPath().resolve(root.relativize(folder)).normalize());
    }

    private Path place(String path) {
        return worktree.directory().resolve(new String(RescueRoom.bytes(path), StandardCharsets.UTF_8));
    }

    private static byte[] joined(Collection<String> paths) {
        return RescueRoom.bytes(String.join("\0", paths) + "\0");
    }

    private static List<String> split(GitResult result) {
        String raw = RescueRoom.raw(result);
        return raw.isEmpty() ? List.of() : List.of(raw.split("\0", 0));
    }
}
