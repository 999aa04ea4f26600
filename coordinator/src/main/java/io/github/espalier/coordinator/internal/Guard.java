package io.github.espalier.coordinator.internal;

import io.github.espalier.coordinator.FailureReason;
import io.github.espalier.coordinator.Reaction;
import io.github.espalier.coordinator.RunEvent;
import io.github.espalier.coordinator.TaskOutcome;
import io.github.espalier.separator.Task;
import io.github.espalier.worktree.EscapingLink;
import io.github.espalier.worktree.FileChange;
import io.github.espalier.worktree.RepositoryFingerprint;
import io.github.espalier.worktree.Worktree;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees what agents ought not to do: change how git behaves, write into the user's checkout, add links that lead out. What
 * all worktrees share may have been changed by any agent that ran, or by the user. Thread-safe.
 */
final class Guard {
    private static final Logger log = LoggerFactory.getLogger(Guard.class);

    private final RunContext context;
    private final CheckoutWatch checkout;
    private final RepositoryFingerprint atStart;
    private final Map<String, Watched> watched = new HashMap<>();
    /** Tasks whose agents have ended, with who else was at work since they began; the checkout is still to be looked at. */
    private final Map<String, Set<String>> unseen = new HashMap<>();

    private final Set<String> branches = new HashSet<>();

    Guard(RunContext context, CheckoutWatch checkout) {
        this.context = context;
        this.checkout = checkout;
        atStart = RepositoryFingerprint.of(context.repository());
    }

    /** A task whose agent may be at work, with the others that were meanwhile. */
    private record Watched(RepositoryFingerprint common, RepositoryFingerprint own, Set<String> others) {}

    /**
     * What was seen at an agent's end.
     *
     * @param notes for the report
     * @param refusal what the task comes to where its work may not land
     */
    record Inspection(List<String> notes, Optional<TaskOutcome> refusal) {
        Inspection {
            notes = List.copyOf(notes);
        }
    }

    /** From now on changes are told in this task's report. */
    void begin(Task task, Worktree worktree) {
        RepositoryFingerprint common = RepositoryFingerprint.of(context.repository());
        RepositoryFingerprint own = RepositoryFingerprint.of(worktree);
        synchronized (this) {
            Watched earlier = watched.remove(task.id());
            watched.values().forEach(other -> other.others().add(task.id()));
            unseen.values().forEach(others -> others.add(task.id()));
            Set<String> others = new TreeSet<>(watched.keySet());
            others.addAll(unseen.keySet());
            others.remove(task.id());
            watched.put(task.id(), new Watched(earlier == null ? common : earlier.common(), own, others));
            branches.add(worktree.branch());
        }
    }

    /** To be asked when an agent has ended, before git is started for its work. */
    Inspection inspect(Task task, Worktree worktree) {
        Optional<Watched> before = end(task);
        List<String> notes = new ArrayList<>();
        Optional<TaskOutcome> refusal = Optional.empty();
        if (before.isPresent()) {
            Set<String> others = before.get().others();
            List<FileChange> own =
                    RepositoryFingerprint.of(worktree).changesSince(before.get().own());
            List<FileChange> all = new ArrayList<>(RepositoryFingerprint.of(context.repository())
                    .changesSince(before.get().common()));
            all.addAll(own);
            tell(task, all, others, notes);
            refusal = refuses(own);
        }
        return new Inspection(notes, refusal.or(this::refusal));
    }

    private synchronized Optional<Watched> end(Task task) {
        Optional<Watched> ended = Optional.ofNullable(watched.remove(task.id()));
        ended.ifPresent(before ->
                unseen.computeIfAbsent(task.id(), id -> new TreeSet<>()).addAll(before.others()));
        return ended;
    }

    /**
     * Looks at the user's checkout, which takes as long as it has files and stops nothing from landing: to be asked once after
     * {@link #inspect}, when nobody waits. One look is enough for all whose agents have ended by then.
     *
     * @return notes for the report
     */
    List<String> inspectCheckout(Task task) {
        List<String> notes = new ArrayList<>();
        takeUnseen(task).ifPresent(others -> tellCheckout(task, checkout.differences(), others, notes));
        return notes;
    }

    /** Who else may have changed it; empty: it was looked at since this task's agent ended. */
    private synchronized Optional<Set<String>> takeUnseen(Task task) {
        if (!unseen.containsKey(task.id())) {
            return Optional.empty();
        }
        Set<String> others = new TreeSet<>(unseen.keySet());
        unseen.values().forEach(others::addAll);
        others.remove(task.id());
        unseen.clear();
        return Optional.of(others);
    }

    /** What every task comes to as long as what all worktrees share is not as it was when the run began. */
    Optional<TaskOutcome> refusal() {
        return context.configuration().guards().tampering() == Reaction.REPORT
                ? Optional.empty()
                : refuses(RepositoryFingerprint.of(context.repository()).changesSince(atStart));
    }

    private Optional<TaskOutcome> refuses(List<FileChange> changes) {
        String harmful = changes.stream()
                .filter(change -> !isHarmless(change))
                .map(FileChange::describe)
                .collect(Collectors.joining("; "));
        return harmful.isEmpty() || context.configuration().guards().tampering() == Reaction.REPORT
                ? Optional.empty()
                : Optional.of(new TaskOutcome.InstanceFailed(
                        FailureReason.TAMPERED,
                        "nothing lands until this is as it was when the run began: " + harmful));
    }

    private synchronized boolean isHarmless(FileChange change) {
        return branches.stream().anyMatch(change::concernsOnly);
    }

    private void tell(Task task, List<FileChange> changes, Set<String> others, List<String> notes) {
        if (changes.isEmpty()) {
            return;
        }
        boolean harmless = changes.stream().allMatch(this::isHarmless);
        String files = changes.stream().map(FileChange::describe).collect(Collectors.joining("; "));
        notes.add("changed while it ran" + (harmless ? ", harmlessly" : "") + ", " + by(others) + ": " + files);
        log.atWarn()
                .addKeyValue("task", task.id())
                .addKeyValue("changes", files)
                .log("Files that rule git changed");
        context.publish(now -> new RunEvent.Tampered(now, task.id(), changes, harmless, List.copyOf(others)));
    }

    private void tellCheckout(Task task, List<String> paths, Set<String> others, List<String> notes) {
        if (paths.isEmpty()) {
            return;
        }
        Path directory = context.repository().mainWorktree().orElseThrow();
        notes.add("the checkout " + directory + " changed while it ran, " + by(others) + ": " + shown(paths));
        log.atWarn()
                .addKeyValue("task", task.id())
                .addKeyValue("checkout", directory)
                .log("The user's checkout changed");
        context.publish(now -> new RunEvent.CheckoutChanged(now, task.id(), directory, paths, List.copyOf(others)));
    }

    private static String by(Set<String> others) {
        return "by its agent, "
                + others.stream().map(other -> "that of " + other + ", ").collect(Collectors.joining())
                + "the user or another program";
    }

    private static String shown(List<String> paths) {
        int most = 20;
        String more = paths.size() > most ? " and " + (paths.size() - most) + " more" : "";
        return paths.stream().limit(most).collect(Collectors.joining(", ")) + more;
    }

    /** Looks at the links that a task's work adds or changes. */
    Inspection inspectLinks(Task task, Worktree worktree, String tip) {
        List<EscapingLink> links = EscapingLink.addedBetween(context.repository(), worktree.base(), tip);
        if (links.isEmpty()) {
            return new Inspection(List.of(), Optional.empty());
        }
        context.publish(now -> new RunEvent.LinksEscape(now, task.id(), links));
        String shown = "symbolic links that lead out of the repository: "
                + shown(links.stream()
                        .map(link -> link.path() + " -> " + link.target())
                        .toList());
        Optional<TaskOutcome> refusal = context.configuration().guards().escapingLinks() == Reaction.REPORT
                ? Optional.empty()
                : Optional.of(new TaskOutcome.InstanceFailed(FailureReason.ESCAPING_LINK, shown));
        return new Inspection(List.of(shown), refusal);
    }
}
