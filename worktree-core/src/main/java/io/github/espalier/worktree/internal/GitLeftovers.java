package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.GitCommandException;
import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.Leftovers;
import io.github.espalier.worktree.LeftoversOutcome;
import io.github.espalier.worktree.LeftoversRequest;
import io.github.espalier.worktree.Refs;
import io.github.espalier.worktree.TrustedFilters;
import io.github.espalier.worktree.Worktree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Leftovers by {@code git add} and {@code git commit}. */
public final class GitLeftovers implements Leftovers {
    private static final List<String> IN_PROGRESS = List.of(
            "MERGE_HEAD",
            "CHERRY_PICK_HEAD",
            "REVERT_HEAD",
            "rebase-merge",
            "rebase-apply",
            "sequencer",
            "BISECT_LOG",
            "index.lock");

    private final Refs refs;
    private final TrustedFilters filters;

    public GitLeftovers(GitRepository repository, TrustedFilters filters) {
        refs = Refs.of(repository);
        this.filters = filters;
    }

    @Override
    public LeftoversOutcome commit(LeftoversRequest request) {
        Worktree worktree = request.worktree();
        Optional<String> obstacle = obstacle(worktree);
        Optional<Map<String, String>> overrides =
                obstacle.isPresent() ? Optional.empty() : filters.overrides(worktree.gitDirectory());
        if (overrides.isEmpty()) {
            return new LeftoversOutcome.Impossible(
                    obstacle.orElse("a filter driver was given a process during the run"));
        }
        Git git = Git.in(worktree);
        try {
            add(git, Gitlinks.repositories(worktree), overrides.get());
        } catch (GitCommandException e) {
            return new LeftoversOutcome.Impossible(
                    "git could not add the files: " + e.stderr().strip());
        }
        if (isSame(git, overrides.get())) {
            return new LeftoversOutcome.Clean(refs.read(worktree.ref()).orElseThrow());
        }
        git.command("commit", "--quiet", "--no-verify", "--no-gpg-sign", "--allow-empty-message", "-F", "-")
                .config(overrides.get())
                .author(request.identity())
                .committer(request.identity())
                .environment("GIT_EDITOR", "false")
                .input(request.message().isEmpty() ? "\n" : request.message())
                .run();
        return new LeftoversOutcome.Committed(refs.read(worktree.ref()).orElseThrow());
    }

    /** To add a submodule, git would look for changes in it, and run what the configuration there names; its head will do. */
    private static void add(Git git, List<String> submodules, Map<String, String> overrides) {
        StringBuilder paths = new StringBuilder(".\0");
        submodules.forEach(
                path -> paths.append(":(exclude,top,literal)").append(path).append('\0'));
        git.command("add", "-A", "--sparse", "--pathspec-from-file=-", "--pathspec-file-nul")
                .config(overrides)
                .input(paths.toString())
                .run();
        if (!submodules.isEmpty()) {
            git.command("update-index", "-z", "--stdin")
                    .config(overrides)
                    .input(String.join("\0", submodules) + "\0")
                    .run();
        }
    }

    private static boolean isSame(Git git, Map<String, String> overrides) {
        return git.command("diff-index", "--cached", "--quiet", "--no-ext-diff", "HEAD", "--")
                        .config(overrides)
                        .accept(1)
                        .run()
                        .exitCode()
                == 0;
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
        Git git = Git.in(worktree);
        String head = git.command("symbolic-ref", "--quiet", "HEAD")
                .accept(1, 128)
                .run()
                .line();
        if (!head.equals(worktree.ref())) {
            return Optional.of(
                    "HEAD is " + (head.isEmpty() ? "detached" : "on " + head) + " and not on " + worktree.ref());
        }
        Optional<String> tip = refs.read(worktree.ref());
        if (tip.isEmpty() || !refs.isAncestor(worktree.base(), tip.get())) {
            return Optional.of(worktree.ref() + " no longer contains the commit it was started from");
        }
        if (git.command("ls-files", "-z", "--unmerged").run().bytes().length > 0) {
            return Optional.of("the worktree has unmerged paths");
        }
        return git.command("ls-files", "-z", "--others", "--exclude-standard").run().nulSeparated().stream()
                .filter(path -> path.endsWith("/"))
                .findFirst()
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
