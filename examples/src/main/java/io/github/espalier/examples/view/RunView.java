package io.github.espalier.examples.view;

import io.github.espalier.coordinator.RunListener;
import io.github.espalier.coordinator.TaskStatus;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;

/** Shows a run while it is under way. */
public interface RunView extends RunListener, AutoCloseable {
    /** The view that suits where the output goes. */
    static RunView on(Terminal terminal, PrintWriter out) {
        return terminal.live() ? new TableView(terminal, out, Clock.systemUTC()) : new LineView(out);
    }

    /**
     * Begins to show tasks.
     *
     * @param tasks tells where they stand; asked again and again, from any thread
     */
    void show(Supplier<List<TaskStatus>> tasks);

    /** Shows the last state and nothing from then on. Idempotent. */
    void finish();

    @Override
    default void close() {
        finish();
    }
}
