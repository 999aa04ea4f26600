package io.github.espalier.resources.internal;

import io.github.espalier.resources.Registration;
import io.github.espalier.resources.ResourceMonitor;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who wants to be told. The same listener may be added twice: each registration is its own. Thread-safe. */
final class Listeners {
    private static final Logger log = LoggerFactory.getLogger(ResourceMonitor.class);

    private final Map<Object, Runnable> registered = new ConcurrentHashMap<>();

    Registration add(Runnable listener) {
        Object key = new Object();
        registered.put(key, listener);
        return () -> registered.remove(key);
    }

    /** A listener is foreign code: whatever it throws must end neither the sampling nor the telling of the others. */
    void tell() {
        for (Runnable listener : registered.values()) {
            try {
                listener.run();
            } catch (RuntimeException | Error e) {
                log.atWarn().setCause(e).addKeyValue("listener", listener).log("A resource listener failed");
            }
        }
    }
}
