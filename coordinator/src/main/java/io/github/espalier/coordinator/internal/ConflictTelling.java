package io.github.espalier.coordinator.internal;

import io.github.espalier.coordinator.TaskOutcome;
import io.github.espalier.worktree.ConflictDetail;
import io.github.espalier.worktree.ConflictReader;
import io.github.espalier.worktree.WorktreeException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of a conflict which lines are in it, and which tasks they come from. Confined to the landing lane. */
final class ConflictTelling {
    private static final Logger log = LoggerFactory.getLogger(ConflictTelling.class);
    /** Each costs a look through the landings: more are not told apart. */
    private static final int MOST_COMMITS = 20;

    private final ConflictReader reader;
    private final LandedTasks landed;

    ConflictTelling(RunContext context) {
        reader = ConflictReader.of(context.repository());
        landed = new LandedTasks(context);
    }

    void landed(Car.Coupled landing) {
        landed.landed(landing);
    }

    /** With what can be found out; a conflict that cannot be read is one all the same. */
    TaskOutcome tell(Candidate candidate, String onto, TaskOutcome.Conflicted conflicted) {
        if (conflicted.conflicts().isEmpty()) {
            return conflicted;
        }
        try {
            List<ConflictDetail> details = reader.read(onto, candidate.tip, conflicted.conflicts());
            return new TaskOutcome.Conflicted(
                    conflicted.conflicts(), conflicted.reason(), details, tasks(candidate, details));
        } catch (WorktreeException e) {
            log.atWarn().addKeyValue("task", candidate.task.id()).setCause(e).log("Could not read a conflict");
            return conflicted;
        }
    }

    private Map<String, String> tasks(Candidate candidate, List<ConflictDetail> details) {
        Map<String, String> tasks = new LinkedHashMap<>();
        Set<String> ours = new LinkedHashSet<>();
        for (ConflictDetail detail : details) {
            detail.theirCommits().forEach(commit -> tasks.put(commit, candidate.task.id()));
            ours.addAll(detail.ourCommits());
        }
        ours.stream()
                .limit(MOST_COMMITS)
                .forEach(commit -> landed.of(commit).ifPresent(task -> tasks.put(commit, task)));
        return tasks;
    }
}
