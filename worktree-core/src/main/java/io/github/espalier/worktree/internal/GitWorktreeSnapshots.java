package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.GitCommandException;
import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.Identity;
import io.github.espalier.worktree.Snapshot;
import io.github.espalier.worktree.SnapshotFailedException;
import io.github.espalier.worktree.TrustedConfiguration;
import io.github.espalier.worktree.Worktree;
import io.github.espalier.worktree.WorktreeSnapshots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Snapshots by {@code git add} to an index of our own. */
public final class GitWorktreeSnapshots implements WorktreeSnapshots {
    private static final int ATTEMPTS = 5;
    private static final String AUTHOR = Identity.DEFAULT.name() + " <" + Identity.DEFAULT.email() + ">";

    private final GitRepository repository;
    private final TrustedConfiguration configuration;
    private final WorktreeHeads heads;
    private final Map<Path, Memory> memories = new HashMap<>();
    private @Nullable RoomFolder room;
    private boolean closed;
    private int count;

    /** Snapshots in a repository. */
    public GitWorktreeSnapshots(GitRepository repository, TrustedConfiguration configuration) {
        this.repository = repository;
        this.configuration = configuration;
        heads = new WorktreeHeads(repository);
    }

    /** What is remembered of one worktree; whoever uses its folder holds it. */
    private static final class Memory {
        private final Path folder;
        private boolean forgotten;

        Memory(Path folder) {
            this.folder = folder;
        }

        synchronized void forget() {
            forgotten = true;
            RoomFolder.delete(folder);
        }
    }

    @Override
    public Snapshot take(Worktree worktree) {
        while (true) {
            Memory memory = memory(worktree);
            synchronized (memory) {
                if (!memory.forgotten) {
                    return take(worktree, memory.folder);
                }
            }
        }
    }

    private synchronized Memory memory(Worktree worktree) {
        if (closed) {
            throw new IllegalStateException("these snapshots are closed");
        }
        return memories.computeIfAbsent(
                worktree.gitDirectory(), key -> new Memory(folder(worktree).resolve(String.valueOf(++count))));
    }

    private Path folder(Worktree worktree) {
        try {
            if (room == null) {
                room = RoomFolder.create(repository, RoomFolder.SNAPSHOTS);
            }
            return room.directory();
        } catch (IOException e) {
            throw new SnapshotFailedException(
                    worktree.directory(), "there is no room in " + repository.stateDirectory() + " (" + e + ")", e);
        }
    }

    private Snapshot take(Worktree worktree, Path folder) {
        for (int attempt = 1; ; attempt++) {
            try {
                return attempt(worktree, folder);
            } catch (GitCommandException e) {
                if (attempt == ATTEMPTS || isFinal(e)) {
                    throw new SnapshotFailedException(
                            worktree.directory(),
                            "git failed " + attempt + " times (" + e.stderr().strip() + ")",
                            e);
                }
                if (attempt > 1) { // it may be damaged, or git's garbage collection has taken what it names
                    RoomFolder.delete(folder);
                }
            } catch (IOException e) {
                throw new SnapshotFailedException(worktree.directory(), e.toString(), e);
            }
        }
    }

    private static boolean isFinal(GitCommandException e) {
        return e.exitCode() == GitCommandException.NO_EXIT_CODE
                || e.stderr().contains("No space left on device")
                || e.stderr().contains("Disk quota exceeded")
                || e.stderr().contains("Permission denied");
    }

    private Snapshot attempt(Worktree worktree, Path folder) throws IOException {
        if (!Files.isDirectory(worktree.directory(), LinkOption.NOFOLLOW_LINKS)) {
            throw new SnapshotFailedException(
                    worktree.directory(), "the directory is gone; rescue what git knows of it, or forget it");
        }
        if (!configuration.isKnown()) {
            throw new SnapshotFailedException(
                    worktree.directory(), "filters were configured since, which git would run");
        }
        Map.Entry<String, RawCommit> head = head(worktree);
        String tree = new SnapshotIndex(worktree, folder.resolve("index"), configuration).tree(head.getKey());
        String commit = tree.equals(head.getValue().tree()) ? head.getKey() : commit(tree, head);
        return new Snapshot(commit, tree, head.getKey());
    }

    private Map.Entry<String, RawCommit> head(Worktree worktree) {
        Git git = Git.in(worktree).offline();
        Map<String, byte[]> found = ObjectReader.read(git, List.of("HEAD^{commit}"));
        if (found.isEmpty()) {
            found = ObjectReader.read(git, List.of(heads.head(worktree)));
        }
        Map.Entry<String, byte[]> head = found.entrySet().stream()
                .findFirst()
                .orElseThrow(() -> new SnapshotFailedException(
                        worktree.directory(), "it has no commit out, and " + worktree.base() + " is missing"));
        return Map.entry(head.getKey(), RawCommit.parse(head.getValue()));
    }

    /** Dated as the head, so that the same content has the same id, and that git finds merge bases without a long walk. */
    private String commit(String tree, Map.Entry<String, RawCommit> head) {
        String committer = head.getValue().committer();
        String person = AUTHOR + committer.substring(committer.lastIndexOf('>') + 1);
        return RawCommit.of(tree, List.of(head.getKey()), person, person, "Snapshot of a worktree")
                .write(repository);
    }

    @Override
    public void forget(Worktree worktree) {
        @Nullable Memory memory;
        synchronized (this) {
            memory = memories.remove(worktree.gitDirectory());
        }
        if (memory != null) {
            memory.forget();
        }
    }

    @Override
    public void close() {
        List<Memory> all;
        @Nullable RoomFolder last;
        synchronized (this) {
            closed = true;
            all = List.copyOf(memories.values());
            memories.clear();
            last = room;
            room = null;
        }
        all.forEach(Memory::forget);
        if (last != null) {
            last.close();
        }
    }
}
