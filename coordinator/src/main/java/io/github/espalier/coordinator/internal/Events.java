package io.github.espalier.coordinator.internal;

import io.github.espalier.coordinator.RunEvent;
import io.github.espalier.coordinator.RunListener;
import java.util.List;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Delivers events in order on a lane of its own; a listener that throws is logged and hurts nobody. */
final class Events {
    private static final Logger log = LoggerFactory.getLogger(RunListener.class);

    private final List<RunListener> listeners;
    private final SerialExecutor lane;

    Events(List<RunListener> listeners, Executor executor) {
        this.listeners = List.copyOf(listeners);
        lane = new SerialExecutor(executor);
    }

    void publish(RunEvent event) {
        lane.execute(() -> listeners.forEach(listener -> tell(listener, event)));
    }

    /** Runs an action when every event published before has been delivered. */
    void afterDelivery(Runnable action) {
        lane.execute(action);
    }

    // A listener is the host's code: whatever it throws must not stop the events of others.
    private static void tell(RunListener listener, RunEvent event) {
        try {
            listener.onEvent(event);
        } catch (RuntimeException | Error e) {
            log.atWarn().addKeyValue("event", event).setCause(e).log("A listener failed");
        }
    }
}
