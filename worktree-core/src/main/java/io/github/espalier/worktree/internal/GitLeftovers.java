package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.GitCommandException;
import io.github.espalier.worktree.GitLockedException;
import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.Leftovers;
import io.github.espalier.worktree.LeftoversOutcome;
import io.github.espalier.worktree.LeftoversRequest;
import io.github.espalier.worktree.Refs;
import io.github.espalier.worktree.TrustedConfiguration;
import io.github.espalier.worktree.Worktree;
import io.github.espalier.worktree.WorktreeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Leftovers by {@code git add} and {@code git commit-tree}. */
public final class GitLeftovers implements Leftovers {
    private static final List<String> IN_PROGRESS = List.of(
            "MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "rebase-merge", "rebase-apply", "sequencer", "BISECT_LOG");

    private final GitRepository repository;
    private final Refs refs;
    private final TrustedConfiguration configuration;

    public GitLeftovers(GitRepository repository, TrustedConfiguration configuration) {
        this.repository = repository;
        refs = Refs.of(repository);
        this.configuration = configuration;
    }

    @Override
    public LeftoversOutcome commit(LeftoversRequest request) {
        Worktree worktree = request.worktree();
        Optional<String> obstacle = obstacle(worktree);
        if (obstacle.isPresent()) {
            return new LeftoversOutcome.Impossible(obstacle.get());
        }
        if (!configuration.isKnown()) {
            return new LeftoversOutcome.Impossible("filters were configured since the run began");
        } else if (isClean(worktree)) { // as most agents leave it
            return new LeftoversOutcome.Clean(refs.read(worktree.ref()).orElseThrow());
        }
        WorktreeListing listing = WorktreeListing.read(worktree);
        obstacle = obstacle(listing);
        if (obstacle.isPresent()) {
            return new LeftoversOutcome.Impossible(obstacle.get());
        }
        try (LeftoverCommit commit = new LeftoverCommit(repository, worktree, configuration)) {
            try {
                commit.add(listing.submodules());
            } catch (GitCommandException e) {
                return impossible(e);
            }
            Optional<String> committed = commit.commit(request);
            LeftoversOutcome outcome = committed.isPresent()
                    ? new LeftoversOutcome.Committed(committed.get())
                    : new LeftoversOutcome.Clean(refs.read(worktree.ref()).orElseThrow());
            commit.takeIndex();
            return outcome;
        } catch (GitLockedException e) {
            return impossible(e);
        } catch (IOException e) {
            throw new WorktreeException(
                    worktree.directory() + ": what is left there cannot be committed (" + e + ")", e);
        }
    }

    /** Not while a git is at work there; and a status that git cannot give, because something is broken, says that it is not. */
    private boolean isClean(Worktree worktree) {
        if (Files.exists(worktree.gitDirectory().resolve("index.lock"), LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try {
            return WorktreeStatus.isClean(worktree, configuration);
        } catch (GitCommandException e) {
            return false;
        }
    }

    private static LeftoversOutcome impossible(GitCommandException e) {
        return new LeftoversOutcome.Impossible(
                "git could not add the files: " + e.stderr().strip());
    }

    private Optional<String> obstacle(Worktree worktree) {
        if (!pointsToItsRepository(worktree)) {
            return Optional.of("the worktree's .git file is missing or points elsewhere");
        }
        Optional<String> operation = IN_PROGRESS.stream()
                .filter(name -> Files.exists(worktree.gitDirectory().resolve(name), LinkOption.NOFOLLOW_LINKS))
                .findFirst();
        if (operation.isPresent()) {
            return Optional.of(operation.get() + ": an operation is in progress in the worktree");
        }
        Optional<String> head = HeadFile.ref(
                worktree.gitDirectory(),
                Git.in(worktree).command("symbolic-ref", "--quiet", "HEAD").accept(1, 128));
        if (!head.equals(Optional.of(worktree.ref()))) {
            return Optional.of(
                    "HEAD is " + head.map(ref -> "on " + ref).orElse("detached") + " and not on " + worktree.ref());
        }
        Optional<String> tip = refs.read(worktree.ref());
        if (tip.isEmpty() || !refs.isAncestor(worktree.base(), tip.get())) {
            return Optional.of(worktree.ref() + " no longer contains the commit it was started from");
        }
        return Optional.empty();
    }

    private static Optional<String> obstacle(WorktreeListing listing) {
        return listing.unmerged()
                ? Optional.of("the worktree has unmerged paths")
                : listing.nested()
                        .map(path -> path + " is a git repository of its own, whose content a commit would not hold");
    }

    private static boolean pointsToItsRepository(Worktree worktree) {
        Path pointer = worktree.directory().resolve(".git");
        try {
            String text = Files.isRegularFile(pointer, LinkOption.NOFOLLOW_LINKS) ? Files.readString(pointer) : "";
            return text.startsWith("gitdir: ")
                    && AdminDirectories.same(
                            worktree.directory().resolve(text.substring(8).strip()), worktree.gitDirectory());
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }
}
