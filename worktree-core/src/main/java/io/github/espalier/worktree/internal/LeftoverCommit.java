package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.GitCommandException;
import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.LeftoversRequest;
import io.github.espalier.worktree.Refs;
import io.github.espalier.worktree.TrustedConfiguration;
import io.github.espalier.worktree.Worktree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Commits a worktree's files. What is stored lies in a room of its own too until the branch holds it: a {@code git gc
 * --prune=now} of the user's takes new objects that no ref holds yet. The index is made there as well, and takes the
 * worktree's place when the branch has the commit: one that names what a host that died never handed over would keep git
 * from storing it again. Not thread-safe.
 */
final class LeftoverCommit implements AutoCloseable {
    private static final int MOST_LOSSES = 5;
    private static final String GONE =
            "what is committed is gone from the repository again and again; is garbage collected,"
                    + " or are files changed meanwhile?";
    private static final Pattern LOST = Pattern.compile("(invalid|nonexistent|not a valid) object|unable to read");

    private final GitRepository repository;
    private final Worktree worktree;
    private final Git git;
    private final Refs refs;
    private final RoomFolder room;
    private final Path objects;
    private final Quarantine quarantine;
    private final IndexLock lock;
    private final Path index;
    private List<String> nested = List.of();
    private final Runnable afterMove;
    private boolean owing;

    LeftoverCommit(GitRepository repository, Worktree worktree, TrustedConfiguration configuration) throws IOException {
        this(repository, worktree, configuration, () -> {});
    }

    /** Does something between the branch's move and the look whether the repository still has what it names. */
    LeftoverCommit(GitRepository repository, Worktree worktree, TrustedConfiguration configuration, Runnable afterMove)
            throws IOException {
        this.afterMove = afterMove;
        this.repository = repository;
        this.worktree = worktree;
        git = Git.in(worktree).trusting(configuration);
        refs = Refs.of(repository);
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

    /**
     * Stores what the worktree holds. To add a submodule, git would look for changes in it, and run what the configuration
     * there names; its head will do.
     */
    void add(List<String> submodules) throws IOException {
        nested = List.copyOf(submodules);
        add();
    }

    private void add() throws IOException {
        StringBuilder paths = new StringBuilder(".\0");
        nested.forEach(
                path -> paths.append(":(exclude,top,literal)").append(path).append('\0'));
        git("add", "-A", "--sparse", "--pathspec-from-file=-", "--pathspec-file-nul")
                .input(paths.toString())
                .run();
        if (!nested.isEmpty()) {
            git("update-index", "-z", "--stdin")
                    .input(String.join("\0", nested) + "\0")
                    .run();
        }
        quarantine.handOver();
    }

    /**
     * Commits what was added, on the branch.
     *
     * @return the commit; empty: it would change nothing
     * @throws IOException if what is committed is gone again and again
     */
    Optional<String> commit(LeftoversRequest request) throws IOException {
        for (int losses = 0; losses <= MOST_LOSSES; losses++) {
            String parent = refs.read(worktree.ref()).orElseThrow();
            String tree = writeTree();
            if (tree.equals(refs.tree(parent))) {
                return Optional.empty();
            }
            String commit = write(request, tree, parent);
            Optional<Boolean> held = hold(commit, parent);
            if (held.isPresent()) {
                publish(commit, parent, held.get());
                return Optional.of(commit);
            }
            addAnew();
        }
        throw new IOException(GONE);
    }

    /**
     * What another agent had stored before lies in the repository alone, where a garbage collection takes it; the room gets it
     * too.
     *
     * @return whether the room has all that the commit brings; otherwise some of it is in packs. Empty: something is gone
     */
    private Optional<Boolean> hold(String commit, String parent) throws IOException {
        quarantine.handOver();
        Optional<Set<String>> local =
                LocalObjects.brought(repository.commonDirectory(), List.of(commit), List.of(parent));
        if (local.isPresent() && quarantine.hold(local.get())) {
            return Optional.of(true);
        }
        GitResult found = git("rev-list", "--objects", "--no-object-names", commit, "^" + parent)
                .accept(128)
                .run();
        return found.exitCode() == 0 ? Optional.of(quarantine.hold(found.lines())) : Optional.empty();
    }

    /**
     * From the branch's move until the repository has all that the commit holds, and no garbage collection goes on that had
     * looked before, what the room has may be all there is.
     */
    private void publish(String commit, String parent, boolean held) throws IOException {
        owing = true;
        try {
            move(parent, commit);
        } catch (IOException | RuntimeException e) {
            owing = refs.read(worktree.ref()).equals(Optional.of(commit));
            throw e;
        }
        afterMove.run();
        boolean over = Connectivity.awaitGarbageCollection(repository.commonDirectory());
        quarantine.handOver();
        boolean complete = held || isComplete(commit, parent);
        for (int losses = 0; losses < MOST_LOSSES && !complete; losses++) {
            addAnew();
            git("write-tree").run();
            quarantine.handOver();
            complete = isComplete(commit, parent);
        }
        if (!complete) {
            throw new IOException(GONE);
        }
        owing = !over;
    }

    private String writeTree() throws IOException {
        for (int losses = 0; ; losses++) {
            try {
                return git("write-tree").run().line();
            } catch (GitCommandException e) {
                if (losses == MOST_LOSSES || !LOST.matcher(e.stderr()).find()) {
                    throw e;
                }
                addAnew();
            }
        }
    }

    private String write(LeftoversRequest request, String tree, String parent) {
        String person = RawCommit.person(request.identity(), Clock.system(ZoneId.systemDefault()));
        byte[] commit = RawCommit.of(tree, List.of(parent), person, person, request.message())
                .object();
        return LooseObject.commit(repository, objects, commit)
                .orElseGet(() -> git("hash-object", "-t", "commit", "-w", "--stdin")
                        .input(commit)
                        .run()
                        .line());
    }

    private boolean isComplete(String commit, String parent) throws IOException {
        return Connectivity.isComplete(repository.commonDirectory(), List.of(commit), List.of(parent));
    }

    /**
     * An object that was in the repository already, because another agent or the index had it stored, is not in the
     * quarantine, and may be gone. Of an old index git takes no word for what a file holds, and stores it again.
     */
    private void addAnew() throws IOException {
        Files.setLastModifiedTime(index, FileTime.fromMillis(1000));
        add();
    }

    private void move(String from, String to) throws IOException {
        for (int losses = 0; ; losses++) {
            quarantine.handOver();
            try {
                refs.update(worktree.ref(), to, from, "commit: what was left");
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

    /** What the branch names and the repository may not have stays in the room, for whoever makes the next one to hand over. */
    @Override
    public void close() throws IOException {
        try {
            lock.close();
        } finally {
            if (owing) {
                room.release();
            } else {
                room.close();
            }
        }
    }
}
