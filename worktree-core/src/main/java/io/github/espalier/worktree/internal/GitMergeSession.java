package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.GitCommandException;
import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.GitVersion;
import io.github.espalier.worktree.MergeOutcome;
import io.github.espalier.worktree.MergeRequest;
import io.github.espalier.worktree.MergeSession;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Merges by processes that stay; by {@link GitMerger} whatever those cannot. */
public final class GitMergeSession implements MergeSession, CommitMerger {
    private static final Logger log = LoggerFactory.getLogger(GitMergeSession.class);
    /** Longer than any merge seen takes; a merge that takes longer is done again with the limit of a single one. */
    private static final Duration TIME_LIMIT = Duration.ofMinutes(1);

    private static final GitVersion FIRST_WITH_STDIN = new GitVersion(2, 39, 0);
    /** A pipe holds 65,536 bytes at least on Linux, 4,096 elsewhere. */
    private static final int LONGEST_REQUEST = 4_000;

    private final GitRepository repository;
    private final Git git;
    private final GitMerger single;
    private final Duration timeLimit;
    private final boolean supported;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable MergeServer server;
    private @Nullable Conversation revisions;
    private boolean closed;

    /** A session for a repository. */
    public GitMergeSession(GitRepository repository, Set<String> allowedDrivers) {
        this(repository, allowedDrivers, TIME_LIMIT);
    }

    /** A session whose processes get less time, or more, for each answer. */
    public GitMergeSession(GitRepository repository, Set<String> allowedDrivers, Duration timeLimit) {
        this.repository = repository;
        this.git = Git.of(repository);
        this.single = new GitMerger(repository, allowedDrivers);
        this.timeLimit = timeLimit;
        this.supported = repository.gitVersion().compareTo(FIRST_WITH_STDIN) >= 0;
    }

    @Override
    public MergeOutcome merge(MergeRequest request) {
        lock.lock();
        try {
            checkOpen();
            List<Revisions.Commit> sides = resolve(request.ours(), request.theirs());
            return merge(sides.get(0), sides.get(1));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public MergeOutcome merge(Revisions.Commit ours, Revisions.Commit theirs) {
        lock.lock();
        try {
            checkOpen();
            if (!supported || ours.id().equals(theirs.id())) {
                return single.merge(ours, theirs);
            }
            MergeServer.Answer answer = server(ours).merge(ours.id(), theirs.id());
            return single.outcome(ours, theirs, answer.conflicted(), answer.output());
        } catch (IOException e) {
            log.atDebug()
                    .addKeyValue("repository", repository.commonDirectory())
                    .addKeyValue("ours", ours.id())
                    .addKeyValue("theirs", theirs.id())
                    .setCause(e)
                    .log("Merging with a process of its own what the session's could not");
            end();
            return single.merge(ours, theirs);
        } catch (InterruptedException e) {
            throw interrupted();
        } finally {
            lock.unlock();
        }
    }

    private MergeServer server(Revisions.Commit ours) {
        AttributeFiles attributes = single.attributes().of(ours.tree());
        MergeServer.Setting setting = MergeServer.Setting.of(repository, attributes);
        MergeServer present = server;
        if (present != null && present.serves(setting)) {
            return present;
        }
        end();
        MergeRooms.Lease room = single.rooms().lease(attributes, single.configuration());
        MergeServer next = MergeServer.start(repository, setting, room, timeLimit);
        server = next;
        return next;
    }

    private List<Revisions.Commit> resolve(String... names) {
        String request = Revisions.request(names);
        if (request.length() > LONGEST_REQUEST) {
            return Revisions.resolve(git, names);
        }
        try {
            Conversation asked = revisions;
            if (asked == null) {
                asked = new Conversation(Revisions.command(git), '\n', timeLimit);
                revisions = asked;
            }
            List<String> lines =
                    asked.ask(request, fields -> List.of(fields.next(), fields.next(), fields.next(), fields.next()));
            return Revisions.commits(lines, names);
        } catch (IOException e) {
            endRevisions();
            return Revisions.resolve(git, names);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the merge session is closed; open another one");
        }
    }

    private GitCommandException interrupted() {
        Thread.currentThread().interrupt();
        end();
        endRevisions();
        return new GitCommandException(
                "interrupted while git ran",
                List.of("git", "merge-tree"),
                repository.commonDirectory(),
                GitCommandException.NO_EXIT_CODE,
                "");
    }

    private void end() {
        MergeServer present = server;
        server = null;
        if (present != null) {
            present.close();
        }
    }

    private void endRevisions() {
        Conversation present = revisions;
        revisions = null;
        if (present != null) {
            present.close();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            end();
        } finally {
            endRevisions();
            single.rooms().close();
            lock.unlock();
        }
    }
}
