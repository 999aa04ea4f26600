package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.Refs;
import io.github.espalier.worktree.TrustedConfiguration;
import io.github.espalier.worktree.Worktree;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Says what a worktree holds that would be nowhere else without it. In doubt it says so: a false alarm costs a rescue, a
 * missed one costs somebody's work. Thread-safe.
 */
final class UnsavedWork {
    private final Refs refs;
    private final WorktreeHeads heads;
    private final TrustedConfiguration configuration;

    UnsavedWork(GitRepository repository, TrustedConfiguration configuration) {
        this.configuration = configuration;
        refs = Refs.of(repository);
        heads = new WorktreeHeads(repository);
    }

    /** What files, index and heads hold; empty: nothing that a ref does not hold. */
    Optional<String> in(Worktree worktree) {
        return files(worktree).or(() -> heads(worktree));
    }

    /** What the registration of a worktree holds whose directory is gone. */
    Optional<String> inRegistrationOf(Worktree worktree) {
        return staged(worktree).or(() -> heads(worktree));
    }

    /** What the files and the index hold. */
    Optional<String> files(Worktree worktree) {
        return Optional.<String>empty()
                .or(() -> ownRepository(worktree))
                .or(() -> outOfSight(worktree))
                .or(() -> uncommitted(worktree));
    }

    private static Optional<String> ownRepository(Worktree worktree) {
        return Files.isDirectory(worktree.directory().resolve(".git"), LinkOption.NOFOLLOW_LINKS)
                ? Optional.of("has a git repository of its own in .git, whose history is only there")
                : Optional.empty();
    }

    /** Git can be told to take files for unchanged, and takes a nested repository for its commit's id. */
    private static Optional<String> outOfSight(Worktree worktree) {
        for (IndexFlags entry : IndexFlags.peculiar(worktree)) {
            String path = entry.path();
            if (entry.hidden() && exists(worktree, path)) {
                return Optional.of("has " + path + " marked as unchanged, so that git does not look at it");
            }
            if (entry.gitlink()) {
                if (exists(worktree, path + "/.git")) {
                    return Optional.of("holds the git repository " + path + ", whose commits lie only there");
                } else if (holdsAnything(worktree.directory().resolve(path))) {
                    return Optional.of("holds files in " + path + ", the folder of a submodule, where git sees none");
                }
            }
        }
        return Optional.empty();
    }

    /** Whether there is something in a folder; what cannot be looked into may hold something. */
    static boolean holdsAnything(Path folder) {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            return entries.iterator().hasNext();
        } catch (IOException e) {
            return true;
        }
    }

    /** A name that is not UTF-8 cannot be looked up here: it may exist. */
    private static boolean exists(Worktree worktree, String path) {
        return path.indexOf('\uFFFD') >= 0
                || Files.exists(worktree.directory().resolve(path), LinkOption.NOFOLLOW_LINKS);
    }

    /** To be asked once nothing is out of sight: git would run in another repository what is configured there. */
    private Optional<String> uncommitted(Worktree worktree) {
        if (!configuration.isKnown()) {
            return Optional.of("cannot be compared with its commit: filters were configured since");
        }
        return WorktreeStatus.isClean(worktree, configuration)
                ? Optional.empty()
                : Optional.of("holds uncommitted content");
    }

    private static Optional<String> staged(Worktree worktree) {
        if (!Files.exists(worktree.gitDirectory().resolve("index"))) {
            return Optional.empty();
        }
        boolean same = Git.of(worktree.gitDirectory())
                        .offline()
                        .command("diff-index", "--cached", "--quiet", "--no-ext-diff", "HEAD", "--")
                        .accept(1, 128)
                        .run()
                        .exitCode()
                == 0;
        return same ? Optional.empty() : Optional.of("has staged content that no commit holds");
    }

    private Optional<String> heads(Worktree worktree) {
        Optional<String> operation = Checkout.operationInProgress(worktree.gitDirectory());
        if (operation.isPresent()) {
            return Optional.of("is in the middle of an operation (" + operation.get() + ")");
        }
        Optional<String> tip = refs.read(worktree.ref());
        boolean onBranch =
                HeadFile.read(worktree.gitDirectory()).equals(Optional.of(new HeadFile.Content.On(worktree.ref())));
        Optional<String> head = onBranch && tip.isPresent() ? tip : heads.own(worktree);
        if (!onBranch && head.isPresent() && !(tip.isPresent() && refs.isAncestor(head.get(), tip.get()))) {
            return Optional.of("has commits that branch " + worktree.branch() + " does not contain");
        }
        try {
            List<String> unreached =
                    heads.unreached(worktree, head.or(() -> tip).orElse(worktree.base()));
            return unreached.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            "is the only one to know of " + unreached.size() + " commits, first " + unreached.get(0));
        } catch (IOException e) {
            return Optional.of("has a log of its HEAD that cannot be read (" + e + ")");
        }
    }

    /** Submodules' repositories lie in the registration and go with it. */
    static boolean hasSubmodules(Path gitDirectory) {
        return Files.exists(gitDirectory.resolve("modules"));
    }
}
