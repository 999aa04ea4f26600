package io.github.espalier.coordinator.internal;

import io.github.espalier.separator.Task;
import io.github.espalier.worktree.Removal;
import io.github.espalier.worktree.UnsavedWorkException;
import io.github.espalier.worktree.Worktree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes worktrees away when their tasks are over. What one still holds is rescued first, or the worktree stays. */
final class CleanUp {
    private static final Logger log = LoggerFactory.getLogger(CleanUp.class);

    private final RunContext context;
    private final Finishing finishing;

    CleanUp(RunContext context, Finishing finishing) {
        this.context = context;
        this.finishing = finishing;
    }

    /**
     * Removes a worktree, and its branch too if the branch's work is reachable elsewhere.
     *
     * @param tip where the branch may be deleted at; empty: it stays
     */
    Work remove(Task task, int attempt, Worktree worktree, Optional<String> tip) {
        List<String> notes = new ArrayList<>();
        Optional<String> rescue = Optional.empty();
        Removal removal = tip.map(Removal::deletingBranchAt).orElseGet(Removal::keepingBranch);
        context.journal()
                .intent("remove", Map.of("task", task.id(), "directory", worktree.directory(), "from", tip.orElse("")));
        try {
            if (tip.isEmpty()) {
                requireComplete(worktree);
            }
            Optional<Worktree> unsaved =
                    context.configuration().worktrees().rescueIgnored() // no removal minds ignored files
                            ? Optional.of(worktree)
                            : unsavedAfter(worktree, removal);
            if (unsaved.isPresent()) {
                Finishing.Saved saved =
                        finishing.save(task, attempt, unsaved.get(), "left in a worktree to be removed");
                notes.addAll(saved.notes());
                rescue = saved.ref();
                if (!saved.complete()) {
                    throw new UnsavedWorkException(unsaved.get().directory(), "holds what a rescue leaves out");
                }
                context.worktrees().remove(unsaved.get(), removal.afterRescue());
            }
            context.journal().result("remove", Map.of("task", task.id()));
        } catch (RuntimeException e) {
            log.atWarn()
                    .addKeyValue("task", task.id())
                    .addKeyValue("directory", worktree.directory())
                    .setCause(e)
                    .log("Left a worktree");
            notes.add(worktree.directory() + " was left: " + e.getMessage());
        }
        return new Work(Optional.empty(), Optional.empty(), Optional.empty(), rescue, notes);
    }

    /** Where it is now, if it holds what may not go. Whoever wants a worktree meanwhile need not wait for the look. */
    private Optional<Worktree> unsavedAfter(Worktree worktree, Removal removal) {
        try {
            context.worktrees()
                    .removeLater(worktree, removal)
                    .toCompletableFuture()
                    .join();
            return Optional.empty();
        } catch (CompletionException e) {
            if (e.getCause() instanceof UnsavedWorkException kept) {
                return Optional.of(new Worktree(
                        kept.directory(),
                        worktree.gitDirectory(),
                        worktree.branch(),
                        worktree.base(),
                        worktree.adopted()));
            }
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** A garbage collection can take objects of a commit while the agent makes it; then only the files hold the content. */
    private void requireComplete(Worktree worktree) {
        Optional<String> tip = context.refs().commit(worktree.ref());
        if (tip.isPresent() && !context.refs().areComplete(List.of(tip.get()), worktree.base())) {
            throw new UnsavedWorkException(
                    worktree.directory(), "holds what commits of " + worktree.branch() + " lack; see git fsck");
        }
    }
}
