package io.github.espalier.worktree;

import io.github.espalier.worktree.internal.Git;
import io.github.espalier.worktree.internal.Names;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads refs, and moves them only from the value they are expected to have. Thread-safe; every call asks git anew.
 */
public final class Refs {
    private final Git git;

    private Refs(GitRepository repository) {
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
     * Whether a commit is in another's history.
     *
     * @param ancestor the supposed ancestor
     * @param descendant the supposed descendant
     * @return true if it is, or if both are the same
     */
    public boolean isAncestor(String ancestor, String descendant) {
        return git.command("merge-base", "--is-ancestor", ancestor, descendant)
                        .accept(1)
                        .run()
                        .exitCode()
                == 0;
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

    private void change(String ref, Optional<String> id, Optional<String> expected, String reason) {
        Names.requireRef(ref);
        String command = id.map(to ->
                        expected.isPresent() ? "update " + ref + "\0" + to + "\0" : "create " + ref + "\0" + to + "\0")
                .orElse("delete " + ref + "\0");
        try {
            git.command(List.of("update-ref", "-z", "--create-reflog", "-m", Names.reflogLine(reason), "--stdin"))
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
