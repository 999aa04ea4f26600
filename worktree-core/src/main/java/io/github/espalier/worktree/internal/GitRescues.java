package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.BranchExistsException;
import io.github.espalier.worktree.GitCommandException;
import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.RefMovedException;
import io.github.espalier.worktree.Refs;
import io.github.espalier.worktree.RescuedFile;
import io.github.espalier.worktree.RescuedWork;
import io.github.espalier.worktree.Rescues;
import io.github.espalier.worktree.UnknownRescueException;
import io.github.espalier.worktree.WorktreeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rescues by the git program. */
public final class GitRescues implements Rescues {
    private static final int SHORTEST_PREFIX = 4;

    private final GitRepository repository;
    private final Git git;
    private final Refs refs;

    public GitRescues(GitRepository repository) {
        this.repository = repository;
        git = Git.of(repository).offline();
        refs = Refs.of(repository);
    }

    @Override
    public List<RescuedWork> list() {
        Comparator<RescuedWork> newestFirst =
                Comparator.comparing(work -> work.time().orElse(Instant.MIN), Comparator.reverseOrder());
        return new RescueReader(git)
                .read(refs.list(PREFIX)).stream()
                        .sorted(newestFirst.thenComparing(RescuedWork::ref))
                        .toList();
    }

    @Override
    public RescuedWork find(String id) {
        return find(id, list());
    }

    private static RescuedWork find(String id, List<RescuedWork> all) {
        List<RescuedWork> meant = all.stream()
                .filter(work -> work.ref().equals(id)
                        || work.ref().equals(PREFIX + id)
                        || (id.length() >= SHORTEST_PREFIX && work.commit().startsWith(id)))
                .toList();
        if (meant.size() != 1) {
            throw new UnknownRescueException(
                    id, meant.stream().map(RescuedWork::id).toList());
        }
        return meant.get(0);
    }

    @Override
    public List<RescuedFile> files(RescuedWork work) {
        List<String> arguments = new ArrayList<>(List.of("diff-tree", "-r", "-z", "--no-renames", "--name-status"));
        if (work.base().isPresent()) {
            arguments.addAll(List.of(work.base().get(), work.commit()));
        } else {
            arguments.addAll(List.of("--root", "--no-commit-id", work.commit()));
        }
        List<String> words = git.command(arguments).run().nulSeparated();
        List<RescuedFile> files = new ArrayList<>();
        for (int i = 0; i + 1 < words.size(); i += 2) {
            files.add(new RescuedFile(words.get(i + 1), status(words.get(i))));
        }
        return files;
    }

    private static RescuedFile.Status status(String letter) {
        return switch (letter) {
            case "A" -> RescuedFile.Status.ADDED;
            case "D" -> RescuedFile.Status.DELETED;
            case "T" -> RescuedFile.Status.TYPE_CHANGED;
            default -> RescuedFile.Status.MODIFIED;
        };
    }

    @Override
    public RescuedWork restore(String id, String branch) {
        Names.requireBranch(branch);
        RescuedWork work = find(id);
        if (refs.commit(work.commit()).isEmpty()) {
            throw new WorktreeException(work.ref() + " points to " + work.commit()
                    + ", which is no commit that git can read; run git fsck to see what is left of it");
        }
        requireNotAwaited(branch);
        try {
            refs.create("refs/heads/" + branch, work.commit(), "espalier: restored from " + work.ref());
        } catch (RefMovedException e) {
            throw inTheWay(branch, "is a branch already; choose another name", e);
        } catch (GitCommandException e) {
            if (!e.stderr().contains("exists")) {
                throw e;
            }
            throw inTheWay(branch, "cannot be a branch beside those that exist; choose another name", e);
        }
        return work;
    }

    /** A checkout whose branch has no commit yet would find itself on one, with every file of it deleted. */
    private void requireNotAwaited(String branch) {
        if (new WorktreeList(repository)
                .entries().stream().anyMatch(entry -> entry.branch().equals(Optional.of(branch)))) {
            throw new BranchExistsException(branch, "is checked out already; choose another name");
        }
    }

    private static BranchExistsException inTheWay(String branch, String why, RuntimeException cause) {
        BranchExistsException exists = new BranchExistsException(branch, why);
        exists.addSuppressed(cause);
        return exists;
    }

    @Override
    public List<RescuedWork> prune(Collection<String> ids) {
        List<RescuedWork> all = list();
        Map<String, RescuedWork> named = new LinkedHashMap<>();
        for (String id : ids) {
            RescuedWork work = find(id, all);
            named.put(work.ref(), work);
        }
        return delete(List.copyOf(named.values()));
    }

    @Override
    public List<RescuedWork> pruneBefore(Instant time) {
        return delete(list().stream()
                .filter(work -> work.time().map(time::isAfter).orElse(false))
                .toList());
    }

    /** One transaction, each ref from the value that was looked at. */
    private List<RescuedWork> delete(List<RescuedWork> works) {
        if (!works.isEmpty()) {
            StringBuilder commands = new StringBuilder();
            works.forEach(work -> commands.append("delete ")
                    .append(work.ref())
                    .append('\0')
                    .append(work.commit())
                    .append('\0'));
            git.command("update-ref", "-z", "--stdin")
                    .input(commands.toString())
                    .run();
        }
        return works;
    }
}
