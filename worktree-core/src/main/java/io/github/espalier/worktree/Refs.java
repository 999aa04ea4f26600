package io.github.espalier.worktree;

import io.github.espalier.worktree.internal.Connectivity;
import io.github.espalier.worktree.internal.Git;
import io.github.espalier.worktree.internal.GitCommand;
import io.github.espalier.worktree.internal.LocalObjects;
import io.github.espalier.worktree.internal.Names;
import io.github.espalier.worktree.internal.RefFiles;
import io.github.espalier.worktree.internal.Revisions;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads refs, and moves them only from the value they are expected to have. Thread-safe; every call looks anew.
 */
public final class Refs {
    private final GitRepository repository;
    private final Git git;

    private Refs(GitRepository repository) {
        this.repository = repository;
        git = Git.of(repository).offline();
    }

    /**
     * The refs of a repository.
     *
     * @param repository the repository
     * @return its refs
     */
    public static Refs of(GitRepository repository) {
        return new Refs(repository);
    }

    /**
     * What a ref points to.
     *
     * @param ref full name of the ref
     * @return the object id; empty: there is no such ref
     * @throws InvalidNameException if git would not take the name
     */
    public Optional<String> read(String ref) {
        Names.requireRef(ref);
        RefFiles.Found found = RefFiles.read(repository.commonDirectory(), ref);
        if (found instanceof RefFiles.Found.Id id) {
            return Optional.of(id.id());
        } else if (found instanceof RefFiles.Found.Nothing) {
            return Optional.empty();
        }
        // Not rev-parse: where there is no such ref, it would take refs/heads/refs/heads/x for refs/heads/x.
        return Optional.ofNullable(list(ref).get(ref));
    }

    /**
     * The commit that a revision names.
     *
     * @param revision a ref, an id, or anything that {@code git rev-parse} takes
     * @return the commit's full id; empty: there is none
     */
    public Optional<String> commit(String revision) {
        String id = git.command("rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}")
                .accept(1, 128)
                .run()
                .line();
        return Optional.of(id).filter(Names::isObjectId);
    }

    /**
     * The tree of a commit.
     *
     * @param commit the commit, in full
     * @return the tree's id, in full
     * @throws GitCommandException if there is no such commit
     */
    public String tree(String commit) {
        Names.requireObjectId(commit);
        return LocalObjects.tree(repository, commit).orElseGet(() -> treeByGit(commit));
    }

    private String treeByGit(String commit) {
        return git.command("rev-parse", "--verify", commit + "^{tree}").run().line();
    }

    /**
     * All refs below a prefix.
     *
     * @param prefix for example {@code refs/espalier/rescue/}
     * @return ref → object id, in order of names
     */
    public Map<String, String> list(String prefix) {
        Map<String, String> refs = new LinkedHashMap<>();
        git.command("for-each-ref", "--format=%(objectname) %(refname)", prefix)
                .run()
                .lines()
                .forEach(line -> {
                    int space = line.indexOf(' ');
                    refs.put(line.substring(space + 1), line.substring(0, space));
                });
        return refs;
    }

    /**
     * What a branch changes since it left another.
     *
     * @param from the other, a revision
     * @param tip the branch's tip, a revision
     * @return paths with {@code /} between names; both names of what was renamed
     * @throws GitCommandException if a revision names no commit, or they have no common ancestor
     */
    public Set<String> changedPaths(String from, String tip) {
        Revisions.check(from);
        Revisions.check(tip);
        Set<String> paths = new TreeSet<>(
                git.command("diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", from + "..." + tip, "--")
                        .run()
                        .nulSeparated());
        paths.remove("");
        return paths;
    }

    /**
     * Whether a commit is in another's history.
     *
     * @param ancestor the supposed ancestor
     * @param descendant the supposed descendant
     * @return true if it is, or if both are the same
     */
    public boolean isAncestor(String ancestor, String descendant) {
        if (ancestor.equals(descendant) || LocalObjects.isParent(repository, ancestor, descendant)) {
            return true;
        }
        return git.command("merge-base", "--is-ancestor", ancestor, descendant)
                        .accept(1)
                        .run()
                        .exitCode()
                == 0;
    }

    /**
     * Whether all that commits bring is there: their files, their folders, and those of their ancestors. What no ref held yet
     * can be taken by somebody's {@code git gc --prune=now}; so ask after a ref was made. Waits for a garbage collection
     * that is under way, for a minute at most.
     *
     * @param commits the commits
     * @param known commits whose own objects are not looked at
     * @return false if an object is missing; objects that a partial clone has not fetched are not
     *     meant
     * @throws WorktreeException if it cannot be seen whether garbage is collected
     */
    public boolean areComplete(Collection<String> commits, String... known) {
        try {
            return Connectivity.isComplete(repository.commonDirectory(), List.copyOf(commits), List.of(known));
        } catch (IOException e) {
            throw new WorktreeException(repository.commonDirectory() + ": gc.pid cannot be read (" + e + ")", e);
        }
    }

    /**
     * Makes a new ref.
     *
     * @param ref full name of the ref
     * @param id what it is to point to
     * @param reason goes into the ref's log
     * @throws RefMovedException if there is such a ref
     */
    public void create(String ref, String id, String reason) {
        change(ref, Optional.of(id), Optional.empty(), reason);
    }

    /**
     * Makes a ref that only keeps a commit from garbage collection: nobody else makes or moves it. Where it could be written
     * without a git process it has a log only if the configuration wants one for every ref.
     *
     * @param ref full name of the ref
     * @param commit what it is to keep
     * @throws RefMovedException if there is such a ref
     * @throws GitCommandException if the commit is not there, or git cannot make the ref
     */
    public void keep(String ref, String commit) {
        Names.requireRef(ref);
        Names.requireObjectId(commit);
        if (!RefFiles.keep(repository, ref, commit)) {
            create(ref, commit, "espalier");
        }
    }

    /**
     * Moves a ref by compare-and-swap.
     *
     * @param ref full name of the ref
     * @param id what it is to point to
     * @param expected what it points to now
     * @param reason goes into the ref's log
     * @throws RefMovedException if it points elsewhere
     */
    public void update(String ref, String id, String expected, String reason) {
        change(ref, Optional.of(id), Optional.of(expected), reason);
    }

    /**
     * Deletes a ref by compare-and-swap.
     *
     * @param ref full name of the ref
     * @param expected what it points to now
     * @throws RefMovedException if it points elsewhere
     */
    public void delete(String ref, String expected) {
        change(ref, Optional.empty(), Optional.of(expected), "espalier");
    }

    /**
     * Deletes refs together by compare-and-swap: all of them, or none.
     *
     * @param refs what each points to now
     * @throws GitCommandException if one points elsewhere
     */
    public void delete(Map<String, String> refs) {
        StringBuilder commands = new StringBuilder();
        refs.forEach((ref, expected) -> {
            Names.requireRef(ref);
            commands.append("delete ").append(ref).append('\0').append(expected).append('\0');
        });
        if (!refs.isEmpty()) {
            updateRefs("espalier").input(commands.toString()).run();
        }
    }

    private GitCommand updateRefs(String reason) {
        return git.command(List.of("update-ref", "-z", "--create-reflog", "-m", Names.reflogLine(reason), "--stdin"));
    }

    private void change(String ref, Optional<String> id, Optional<String> expected, String reason) {
        Names.requireRef(ref);
        String command = id.map(to ->
                        expected.isPresent() ? "update " + ref + "\0" + to + "\0" : "create " + ref + "\0" + to + "\0")
                .orElse("delete " + ref + "\0");
        try {
            updateRefs(reason)
                    .input(command + expected.map(from -> from + "\0").orElse(""))
                    .run();
        } catch (GitCommandException e) {
            Optional<String> actual = read(ref);
            if (actual.equals(expected)) {
                throw e;
            }
            RefMovedException moved = new RefMovedException(ref, expected, actual);
            moved.addSuppressed(e);
            throw moved;
        }
    }
}
