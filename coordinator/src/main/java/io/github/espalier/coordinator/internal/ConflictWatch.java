package io.github.espalier.coordinator.internal;

import io.github.espalier.coordinator.AheadPolicy;
import io.github.espalier.coordinator.RunEvent;
import io.github.espalier.separator.Footprint;
import io.github.espalier.separator.Separation;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at running agents now and then, tells what it sees, and does what the host wants done about it. */
final class ConflictWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ConflictWatch.class);

    private final OpenRun open;
    private final RunLoop loop;
    private final TaskTable tasks;
    private final Separation separation;
    private final Configuration.Watching watching;
    private final LiveView view;
    private boolean closed;

    ConflictWatch(OpenRun open, RunLoop loop, TaskTable tasks, Separation separation, Configuration.Watching watching) {
        this.open = open;
        this.loop = loop;
        this.tasks = tasks;
        this.separation = separation;
        this.watching = watching;
        view = new LiveView(open.context(), open.trusted());
    }

    void begin() {
        open.timer().after(watching.interval(), () -> open.work().execute(this::look));
    }

    private synchronized void look() {
        if (closed) {
            return;
        }
        try {
            LiveView.Seen seen = view.look(tasks.running());
            seen.touched().forEach(this::tellTouched);
            seen.conflicts().forEach(this::tellConflicts);
        } catch (RuntimeException e) { // it is there to help, and must not be in the way
            log.atWarn().addKeyValue("run", open.context().run()).setCause(e).log("Could not look at running agents");
        }
        begin();
    }

    /** A task whose footprint is unknown exceeds nothing. What was only likely is certain now: that is news for the schedule. */
    private void tellTouched(String task, Set<String> paths) {
        Footprint footprint = separation.footprint(task);
        if (footprint.isKnown()) {
            List<String> beyond = notIn(footprint, paths);
            List<String> news = notIn(footprint.certain(), paths);
            if (!news.isEmpty()) {
                loop.touched(task, beyond, news);
            }
        }
    }

    private static List<String> notIn(Footprint footprint, Set<String> paths) {
        return paths.stream().filter(path -> !footprint.covers(path)).sorted().toList();
    }

    private void tellConflicts(LiveView.Pair pair, LiveView.Ahead ahead) {
        loop.publish(now ->
                new RunEvent.ConflictAhead(now, pair.first(), pair.second(), ahead.conflicts(), ahead.details()));
        if (ahead.conflicts().isEmpty()) {
            return;
        }
        if (watching.policy() == AheadPolicy.ORDER) {
            loop.landings().prefer(pair.first(), pair.second());
        } else if (watching.policy() == AheadPolicy.STOP_YOUNGER) {
            loop.setBack(pair.second(), pair.first());
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        view.close();
    }
}
