package io.github.espalier.coordinator.internal;

import io.github.espalier.coordinator.Landing;
import io.github.espalier.worktree.WorktreeException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which task brought a commit to the target. Confined to the landing lane. */
final class LandedTasks {
    private static final Logger log = LoggerFactory.getLogger(LandedTasks.class);

    private final RunContext context;
    private final List<Landed> here = new ArrayList<>();
    /** Of earlier runs, the oldest first; read when first asked for. */
    private @Nullable List<Landed> earlier;

    LandedTasks(RunContext context) {
        this.context = context;
    }

    private record Landed(String name, String onto, String commit) {}

    void landed(Car.Coupled landing) {
        here.add(new Landed(
                landing.candidate().task.id(), landing.onto(), landing.made().commit()));
    }

    /** A task of this run by its id, one of an earlier run by its landing's; empty: no landing that is known brought it. */
    Optional<String> of(String commit) {
        return first(here, commit).or(() -> ofEarlier(commit)).map(Landed::name);
    }

    /** A landing that was taken back may have left nothing to look at, which is no reason to tell nothing of the others. */
    private Optional<Landed> ofEarlier(String commit) {
        try {
            if (earlier == null) {
                earlier = read();
            }
            return first(earlier, commit);
        } catch (WorktreeException e) {
            log.atDebug().addKeyValue("commit", commit).setCause(e).log("Could not look through earlier landings");
            return Optional.empty();
        }
    }

    private List<Landed> read() {
        List<Landing> landings = new ArrayList<>(new JournaledRuns(context.repository()).readableLandings());
        landings.removeIf(landing -> landing.run().equals(context.run())
                || !landing.target().equals(context.configuration().target()));
        Collections.reverse(landings);
        return landings.stream()
                .map(landing -> new Landed(landing.id(), landing.onto(), landing.commit()))
                .toList();
    }

    /** Each landing holds all that those before it brought, so the first that holds a commit is found by halves. */
    private Optional<Landed> first(List<Landed> landings, String commit) {
        int from = 0;
        int to = landings.size();
        while (from < to) {
            int middle = (from + to) / 2;
            if (holds(landings.get(middle).commit(), commit)) {
                to = middle;
            } else {
                from = middle + 1;
            }
        }
        return from == landings.size() || holds(landings.get(from).onto(), commit)
                ? Optional.empty()
                : Optional.of(landings.get(from));
    }

    private boolean holds(String tip, String commit) {
        return context.refs().isAncestor(commit, tip);
    }
}
