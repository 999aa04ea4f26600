package io.github.espalier.coordinator.internal.process;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of the next write in a folder, by inotify where there is Linux: elsewhere the JDK would look for it again and again, or
 * keep the folder from being deleted. One thread waits for all. Thread-safe.
 */
final class FolderEvents {
    private static final Logger log = LoggerFactory.getLogger(FolderEvents.class);

    private final WatchService service;
    private final Map<WatchKey, List<Runnable>> waiting = new HashMap<>();

    private FolderEvents(WatchService service) {
        this.service = service;
    }

    /** Made when it is first asked for: that starts two threads. */
    private static final class Holder {
        static final Optional<FolderEvents> SYSTEM = open();

        private static Optional<FolderEvents> open() {
            if (!ProcessTable.isAvailable()) {
                return Optional.empty();
            }
            try {
                FolderEvents events = new FolderEvents(FileSystems.getDefault().newWatchService());
                Thread thread = new Thread(events::tell, "espalier-folder-events");
                thread.setDaemon(true);
                thread.start();
                return Optional.of(events);
            } catch (IOException | UnsupportedOperationException e) {
                log.atInfo().setCause(e).log("No events of the file system; lengths of logs are looked at instead");
                return Optional.empty();
            }
        }
    }

    /** A wait for something that is still to be told, or was. */
    interface Wait {
        /** Ends it; says whether it was still to be told. */
        boolean end();
    }

    /**
     * Waits for the next write to a file in a folder, or for the folder's end.
     *
     * @param then what to do then, once; quickly, for others wait
     * @return empty: nobody will tell
     */
    static Optional<Wait> next(Path folder, Runnable then) {
        return Holder.SYSTEM.flatMap(events -> events.await(folder, then));
    }

    private synchronized Optional<Wait> await(Path folder, Runnable then) {
        try {
            WatchKey key = folder.register(service, StandardWatchEventKinds.ENTRY_MODIFY);
            waiting.computeIfAbsent(key, first -> new ArrayList<>()).add(then);
            return Optional.of(() -> end(key, then));
        } catch (IOException e) { // gone, or too many are watched already
            log.atDebug().addKeyValue("folder", folder).setCause(e).log("Writes there will not be told");
            return Optional.empty();
        }
    }

    private synchronized boolean end(WatchKey key, Runnable then) {
        List<Runnable> all = waiting.getOrDefault(key, List.of());
        boolean waited = all.remove(then);
        if (waited && all.isEmpty()) {
            waiting.remove(key);
            key.cancel();
        }
        return waited;
    }

    /** Each folder is told of once: who floods its log floods nobody with events. */
    private void tell() {
        try {
            while (true) {
                WatchKey key = service.take();
                List<Runnable> due;
                synchronized (this) {
                    due = waiting.getOrDefault(key, List.of());
                    waiting.remove(key);
                    key.cancel();
                }
                due.forEach(Runnable::run);
            }
        } catch (InterruptedException | ClosedWatchServiceException e) {
            log.atDebug().setCause(e).log("No more events of the file system");
        }
    }
}
