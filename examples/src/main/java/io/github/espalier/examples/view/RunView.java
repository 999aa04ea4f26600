package io.github.espalier.examples.view;

import io.github.espalier.coordinator.Run;
import io.github.espalier.coordinator.RunListener;
import java.io.PrintWriter;
import java.time.Clock;

/** Shows a run while it is under way. */
public interface RunView extends RunListener, AutoCloseable {
    /** The view that suits where the output goes. */
    static RunView on(Terminal terminal, PrintWriter out) {
        return terminal.live() ? new TableView(terminal, out, Clock.systemUTC()) : new LineView(out);
    }

    /** Begins to show the run. */
    void show(Run run);

    /** Shows the last state and nothing from then on. Idempotent. */
    void finish();

    @Override
    default void close() {
        finish();
    }
}
