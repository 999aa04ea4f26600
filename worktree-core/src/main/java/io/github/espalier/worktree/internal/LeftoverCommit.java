package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.GitCommandException;
import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.LeftoversRequest;
import io.github.espalier.worktree.Refs;
import io.github.espalier.worktree.TrustedConfiguration;
import io.github.espalier.worktree.Worktree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Commits a worktree's files. What is stored lies in a room of its own too until the branch holds it: a {@code git gc
 * --prune=now} of the user's takes new objects that no ref holds yet. The index is made there as well, and takes the
 * worktree's place when the branch has the commit: one that names what a host that died never handed over would keep git
 * from storing it again. Not thread-safe.
 */
final class LeftoverCommit implements AutoCloseable {
    private static final int MOST_LOSSES = 5;

    private final GitRepository repository;
    private final Worktree worktree;
    private final Git git;
    private final RoomFolder room;
    private final Path objects;
    private final Quarantine quarantine;
    private final IndexLock lock;
    private final Path index;

    LeftoverCommit(GitRepository repository, Worktree worktree, TrustedConfiguration configuration) throws IOException {
        this.repository = repository;
        this.worktree = worktree;
        git = Git.in(worktree).trusting(configuration);
        room = RoomFolder.create(repository);
        try {
            objects = room.directory().resolve("objects");
            quarantine = Quarantine.create(objects, repository.commonDirectory().resolve("objects"));
            index = room.directory().resolve("index");
            lock = IndexLock.of(worktree, index);
        } catch (IOException | RuntimeException e) {
            room.close();
            throw e;
        }
    }

    private GitCommand git(String... arguments) {
        return git.command(arguments)
                .environment("GIT_INDEX_FILE", index.toString())
                .environment("GIT_OBJECT_DIRECTORY", objects.toString());
    }

    /** To add a submodule, git would look for changes in it, and run what the configuration there names; its head will do. */
    void add(List<String> submodules) throws IOException {
        StringBuilder paths = new StringBuilder(".\0");
        submodules.forEach(
                path -> paths.append(":(exclude,top,literal)").append(path).append('\0'));
        git("add", "-A", "--sparse", "--pathspec-from-file=-", "--pathspec-file-nul")
                .input(paths.toString())
                .run();
        if (!submodules.isEmpty()) {
            git("update-index", "-z", "--stdin")
                    .input(String.join("\0", submodules) + "\0")
                    .run();
        }
        quarantine.handOver();
    }

    boolean changesNothing() {
        return git("diff-index", "--cached", "--quiet", "--no-ext-diff", "HEAD", "--")
                        .accept(1)
                        .run()
                        .exitCode()
                == 0;
    }

    String commit(LeftoversRequest request) throws IOException {
        String parent = Refs.of(repository).read(worktree.ref()).orElseThrow();
        String tree = git("write-tree").run().line();
        String commit = git("commit-tree", tree, "-p", parent, "--no-gpg-sign", "-F", "-")
                .author(request.identity())
                .committer(request.identity())
                .input(request.message().isEmpty() ? "\n" : request.message())
                .run()
                .line();
        move(parent, commit);
        if (!Connectivity.isComplete(repository.commonDirectory(), List.of(commit), List.of(worktree.base()))) {
            quarantine.handOver();
        }
        return commit;
    }

    private void move(String from, String to) throws IOException {
        for (int losses = 0; ; losses++) {
            quarantine.handOver();
            try {
                Refs.of(repository).update(worktree.ref(), to, from, "commit: what was left");
                return;
            } catch (GitCommandException e) {
                if (losses == MOST_LOSSES || !e.stderr().contains("nonexistent object")) {
                    throw e;
                }
            }
        }
    }

    /** The worktree's index is the one that was made here, from now on. */
    void takeIndex() throws IOException {
        lock.replaceBy(index);
    }

    @Override
    public void close() throws IOException {
        try {
            lock.close();
        } finally {
            room.close();
        }
    }
}
