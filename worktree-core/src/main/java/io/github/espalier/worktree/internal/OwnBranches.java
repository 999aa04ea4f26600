package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.GitCommandException;
import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.RefMovedException;
import io.github.espalier.worktree.Refs;
import io.github.espalier.worktree.Worktree;
import io.github.espalier.worktree.WorktreeEntry;
import io.github.espalier.worktree.WorktreeException;
import io.github.espalier.worktree.WorktreeExistsException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The branches that we make. Beside each there is {@code refs/espalier/start/<branch>} at the commit the branch began at:
 * made before the branch or in one transaction with it, and deleted with it, it tells what is ours and whether it has changed.
 */
final class OwnBranches {
    private static final Logger log = LoggerFactory.getLogger(OwnBranches.class);
    private static final String HEADS = "refs/heads/";
    private static final String START = "refs/espalier/start/";

    private final GitRepository repository;
    private final Git git;
    private final Refs refs;

    OwnBranches(GitRepository repository) {
        this.repository = repository;
        git = Git.of(repository);
        refs = Refs.of(repository);
    }

    boolean isOurs(String branch) {
        return refs.read(START + branch).isPresent();
    }

    /** Whether it is ours and still where it began. */
    boolean isUntouched(String branch) {
        Optional<String> start = refs.read(START + branch);
        return start.isPresent() && start.equals(refs.read(HEADS + branch));
    }

    /**
     * Makes the branch and its start, or moves both if the branch is a leftover of ours that nobody worked on.
     *
     * @param worktrees lists them; asked only where there is such a branch
     * @return where the leftover was; empty: there was none
     */
    Optional<String> claim(String branch, String base, Supplier<List<WorktreeEntry>> worktrees) {
        Optional<String> tip = refs.read(HEADS + branch);
        if (tip.isPresent() && !(isUntouched(branch) && !isOut(branch, worktrees.get()))) {
            throw inTheWay(branch, "is a branch already that is not ours or has been worked on; choose another name");
        }
        if (tip.isPresent() || !create(branch, base)) {
            try {
                move(branch, base, tip);
            } catch (WorktreeExistsException e) {
                dropStaleStarts(worktrees.get());
                move(branch, base, tip);
            }
        }
        return tip;
    }

    /** In this process, if it can. The start comes first: without its branch it is in nobody's way, and goes when it is. */
    private boolean create(String branch, String base) {
        if (LocalObjects.tree(repository, base).isEmpty() || !RefFiles.create(repository, START + branch, base)) {
            return false;
        }
        boolean made = RefFiles.create(repository, HEADS + branch, base);
        if (!made) {
            refs.delete(START + branch, base);
        }
        return made;
    }

    private void move(String branch, String base, Optional<String> tip) {
        try {
            change(command("update", HEADS + branch, base, tip)
                    + command("update", START + branch, base, refs.read(START + branch)));
        } catch (GitCommandException e) {
            if (!e.stderr().contains("exists") || e.stderr().contains(".lock")) {
                throw e;
            }
            WorktreeExistsException exists = inTheWay(branch, "cannot be made as a branch beside those that exist");
            exists.addSuppressed(e);
            throw exists;
        }
    }

    /**
     * Deletes starts whose branches somebody deleted, or a death kept from being made: they would keep names below or above
     * theirs from being used. Under the lock that branches are made under; what cannot be deleted now stays for the next time.
     */
    void dropStaleStarts(List<WorktreeEntry> worktrees) {
        Map<String, String> stale = refs.list(START);
        stale.keySet().removeIf(start -> {
            String branch = start.substring(START.length());
            return refs.read(HEADS + branch).isPresent() || isOut(branch, worktrees);
        });
        try {
            refs.delete(stale);
        } catch (WorktreeException e) {
            log.atInfo().addKeyValue("refs", stale.keySet()).setCause(e).log("Cannot be deleted now");
        }
    }

    /** Undoes a claim. */
    void release(String branch, String base, Optional<String> before) {
        if (before.isPresent()) {
            change(command("update", HEADS + branch, before.get(), Optional.of(base))
                    + command("update", START + branch, before.get(), Optional.of(base)));
        } else {
            delete(branch, base);
        }
    }

    /** The branch was moved to a new base with the worktree that has it out. */
    void adopted(String branch, String base) {
        refs.update(START + branch, base, refs.read(START + branch).orElseThrow(), "espalier: adopted");
    }

    /** A branch that is gone needs no deleting; one that another worktree has out must not go. */
    void requireDeletable(Worktree worktree, String tip, List<WorktreeEntry> worktrees) {
        Optional<String> actual = refs.read(worktree.ref());
        if (actual.isPresent() && !actual.get().equals(tip)) {
            throw new RefMovedException(worktree.ref(), Optional.of(tip), actual);
        }
        worktrees.stream()
                .filter(entry -> entry.branch().equals(Optional.of(worktree.branch())))
                .filter(entry -> !AdminDirectories.same(entry.directory(), worktree.directory()))
                .findFirst()
                .ifPresent(entry -> {
                    throw new WorktreeException(worktree.branch() + ": is checked out in " + entry.directory()
                            + "; the branch cannot be deleted, and nothing was removed");
                });
    }

    /** Deletes branch and start if the branch still is where it is expected to be. */
    void delete(String branch, String tip) {
        Optional<String> actual = refs.read(HEADS + branch);
        String start = refs.read(START + branch)
                .map(id -> command("delete", START + branch, id))
                .orElse("");
        String commands = actual.isPresent() ? command("delete", HEADS + branch, tip) + start : start;
        try {
            if (!commands.isEmpty()) {
                change(commands);
            }
        } catch (GitCommandException e) {
            Optional<String> now = refs.read(HEADS + branch);
            if (now.equals(Optional.of(tip))) {
                throw e;
            }
            RefMovedException moved = new RefMovedException(HEADS + branch, Optional.of(tip), now);
            moved.addSuppressed(e);
            throw moved;
        }
    }

    /** Also of a worktree that is missing: it may only be out of reach, and would be stale when it is back. */
    private static boolean isOut(String branch, List<WorktreeEntry> worktrees) {
        return worktrees.stream().anyMatch(entry -> entry.branch().equals(Optional.of(branch)));
    }

    /** A branch that an agent made a symbolic ref goes itself, and not what it points to. */
    private void change(String commands) {
        git.command("update-ref", "--no-deref", "-z", "-m", "espalier", "--stdin")
                .input(commands)
                .run();
    }

    private static String command(String verb, String ref, String id) {
        return verb + " " + ref + "\0" + id + "\0";
    }

    /** In {@code update-ref -z --stdin} an empty old value would mean "any"; all zeros mean "must not exist". */
    private static String command(String verb, String ref, String id, Optional<String> expected) {
        return command(verb, ref, id) + expected.orElse("0".repeat(id.length())) + "\0";
    }

    private static WorktreeExistsException inTheWay(String branch, String why) {
        return new WorktreeExistsException(branch, why);
    }
}
