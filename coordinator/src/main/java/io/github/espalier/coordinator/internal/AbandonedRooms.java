package io.github.espalier.coordinator.internal;

import io.github.espalier.coordinator.internal.process.Orphans;
import io.github.espalier.worktree.Removal;
import io.github.espalier.worktree.Rescue;
import io.github.espalier.worktree.RescueMessage;
import io.github.espalier.worktree.RescueOutcome;
import io.github.espalier.worktree.RescueRequest;
import io.github.espalier.worktree.Rescues;
import io.github.espalier.worktree.Worktree;
import io.github.espalier.worktree.WorktreeException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes away the worktrees and branches that hosts which died had made besides those of agents: for verifications, which hold
 * nothing of anybody's, and for resolutions, of which everything is kept first. What is taken away already is passed over.
 */
final class AbandonedRooms {
    private static final Logger log = LoggerFactory.getLogger(AbandonedRooms.class);

    private static final String BRANCHES = "refs/heads/espalier/";

    private final RunContext context;
    private final Rescue rescue;

    AbandonedRooms(RunContext context) {
        this.context = context;
        rescue = Rescue.of(
                context.repository(), context.configuration().worktrees().untrackedLimit());
    }

    /**
     * Those of all runs that are not over, whose hosts are dead: only one host at a time holds the coordinator's lock. What
     * cannot be taken away now is no reason for another run to fail.
     */
    void takeAway() {
        try {
            if (!context.refs().list(BRANCHES).isEmpty()) { // all journals are read only where there is something
                takeAwayAll();
            }
        } catch (RuntimeException e) {
            log.atWarn().setCause(e).log("Left what dead hosts had made; recover their runs");
        }
    }

    private void takeAwayAll() {
        for (RunRecord record : new JournaledRuns(context.repository()).unfinished()) {
            boolean dead = !record.run().equals(context.run());
            if (dead && !(record.rooms().isEmpty() && record.resolutions().isEmpty())) {
                Orphans.of(record.hosts()).end();
                takeAway(record);
            }
        }
    }

    /**
     * Those of one run, in which nobody works any more.
     *
     * @return by tasks, what is to be told of what was kept
     */
    Map<String, String> takeAway(RunRecord record) {
        record.rooms().forEach((directory, rooms) -> remove(room(directory, rooms)));
        Map<String, String> kept = new HashMap<>();
        for (RunRecord.Resolution resolution : record.resolutions()) {
            takeAway(record.run(), resolution)
                    .ifPresent(ref -> kept.put(
                            resolution.task(),
                            "its host died during resolution " + resolution.attempt() + ", which is kept as " + ref));
        }
        return kept;
    }

    /** A worktree that was used for several commits is at one of them. */
    private Removed room(Path directory, List<RunRecord.Room> rooms) {
        RunRecord.Room last = rooms.get(rooms.size() - 1);
        Optional<String> tip = context.refs().read("refs/heads/" + last.branch());
        String commit = rooms.stream()
                .map(RunRecord.Room::commit)
                .filter(one -> tip.equals(Optional.of(one)))
                .findFirst()
                .orElse(last.commit());
        return new Removed(worktree(directory, last.branch(), commit), commit);
    }

    private record Removed(Worktree worktree, String tip) {}

    /** Its host may have died when the worktree was gone already and the branch was not. */
    private Worktree worktree(Path directory, String branch, String commit) {
        return Worktree.at(context.repository(), directory, branch, commit)
                .orElseGet(() -> new Worktree(
                        directory, context.repository().commonDirectory().resolve("worktrees"), branch, commit, true));
    }

    private Optional<String> takeAway(String run, RunRecord.Resolution resolution) {
        Optional<Worktree> there =
                Worktree.at(context.repository(), resolution.directory(), resolution.branch(), resolution.commit());
        if (there.isEmpty()
                && context.refs().read("refs/heads/" + resolution.branch()).isEmpty()) {
            return Optional.empty();
        }
        try {
            String name = "resolve-" + resolution.attempt();
            Optional<String> kept = there.isPresent() ? save(run, name, resolution, there.get()) : Optional.empty();
            Worktree worktree = worktree(resolution.directory(), resolution.branch(), resolution.commit());
            String tip = BranchKeeping.keep(context, run, resolution.task(), name, worktree);
            remove(new Removed(worktree, tip));
            return kept;
        } catch (WorktreeException e) {
            left(resolution.directory(), e);
            return Optional.empty();
        }
    }

    /** What was accepted is under a ref whole. */
    private Optional<String> save(String run, String name, RunRecord.Resolution resolution, Worktree worktree) {
        if (context.refs()
                .read(Resolving.ref(run, resolution.task(), resolution.attempt()))
                .isPresent()) {
            return Optional.empty();
        }
        String ref = Rescues.PREFIX + run + "/" + TaskNames.slug(resolution.task()) + "/" + name;
        context.journal().intent("keep-resolution", Map.of("ref", ref, "directory", worktree.directory()));
        RescueOutcome outcome = rescue.save(new RescueRequest(
                worktree,
                ref,
                new RescueMessage(
                                resolution.task(),
                                run,
                                resolution.attempt(),
                                context.now(),
                                "a resolution whose host died")
                        .text(),
                context.configuration().worktrees().rescueIgnored()));
        if (!(outcome instanceof RescueOutcome.Saved saved)) {
            return Optional.empty();
        }
        if (!saved.leftOut().isEmpty()) {
            throw new WorktreeException(worktree.directory() + ": holds what a rescue leaves out");
        }
        return Optional.of(saved.ref());
    }

    private void remove(Removed removed) {
        try {
            context.worktrees()
                    .remove(
                            removed.worktree(),
                            Removal.deletingBranchAt(removed.tip()).afterRescue());
        } catch (WorktreeException e) {
            left(removed.worktree().directory(), e);
        }
    }

    private static void left(Path directory, WorktreeException cause) {
        log.atWarn().addKeyValue("directory", directory).setCause(cause).log("Left a worktree that a dead host made");
    }
}
