package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.GitCommandException;
import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.RefMovedException;
import io.github.espalier.worktree.Refs;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The ref of one rescue: one that keeps the same content already, or the first free name. Only a ref that was made here is
 * ever moved or deleted. Not thread-safe.
 */
final class RescueRef {
    /** How often a commit may be collected as garbage before its ref is there. */
    private static final int LOSSES = 5;

    private final Git git;
    private final Refs refs;
    private final String wanted;
    private String name;
    private @Nullable String made;

    RescueRef(GitRepository repository, String wanted) {
        git = Git.of(repository).offline();
        refs = Refs.of(repository);
        this.wanted = wanted;
        name = wanted;
    }

    /** The ref that {@link #keep} found or made. */
    String name() {
        return name;
    }

    /** Keeps a tree with its parents; returns the commit that does. */
    String keep(String tree, List<String> parents, Supplier<String> commit) {
        if (made != null) {
            return remake(made, commit.get());
        }
        int number = 1;
        int losses = 0;
        while (true) {
            name = number == 1 ? wanted : wanted + "-" + number;
            Optional<String> there = refs.read(name);
            if (there.isPresent() && keepsSame(there.get(), tree, parents)) {
                return there.get();
            }
            if (there.isPresent()) {
                number++;
                continue;
            }
            try {
                String id = commit.get();
                refs.create(name, id, "espalier: rescue");
                made = id;
                return id;
            } catch (RefMovedException e) {
                // Somebody made it in this moment: look at it.
            } catch (GitCommandException e) {
                boolean lost = e.stderr().contains("nonexistent object") && ++losses < LOSSES;
                if (!lost && !isTaken(e)) {
                    throw e;
                }
                number += lost ? 0 : 1;
            }
        }
    }

    /** There are refs below the name, or a crash of the machine has left it without content. */
    private boolean isTaken(GitCommandException e) {
        String below = "'" + name + "/";
        return (e.stderr().contains(below) && e.stderr().contains("exists"))
                || e.stderr().contains("reference broken");
    }

    private String remake(String before, String commit) {
        if (!commit.equals(before)) {
            refs.update(name, commit, before, "espalier: rescue, made again");
            made = commit;
        }
        return commit;
    }

    private boolean keepsSame(String id, String tree, List<String> parents) {
        return refs.commit(id)
                .map(commit -> git.command("log", "-1", "--no-show-signature", "--format=%T %P", commit)
                        .run()
                        .line())
                .filter((tree + " " + String.join(" ", parents))::equals)
                .isPresent();
    }

    /** Deletes the ref if it was made here: it does not keep what it says. */
    void takeBack(RuntimeException cause) {
        if (made != null) {
            try {
                refs.delete(name, made);
                made = null;
            } catch (RuntimeException e) {
                cause.addSuppressed(e);
            }
        }
    }
}
