package io.github.espalier.examples.view;

import io.github.espalier.coordinator.RunEvent;
import io.github.espalier.coordinator.TaskStatus;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A table that is drawn anew in place, some times a second. */
final class TableView implements RunView {
    private static final long FRAME_MILLIS = 250;
    private static final int FRAMES_PER_MEASUREMENT = 8;
    private static final String TO_END_OF_LINE = "\u001b[K";
    private static final String TO_END_OF_SCREEN = "\u001b[J";

    private final Terminal terminal;
    private final PrintWriter out;
    private final Clock clock;
    private final TableFrame frame;
    private final Map<String, Instant> ends = new ConcurrentHashMap<>();
    private final ScheduledExecutorService painter = Executors.newSingleThreadScheduledExecutor(runnable -> {
        Thread thread = new Thread(runnable, "espalier-table");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable Supplier<List<TaskStatus>> tasks;
    private Terminal.Size size;
    private int frames;
    private int drawn;

    TableView(Terminal terminal, PrintWriter out, Clock clock) {
        this.terminal = terminal;
        this.out = out;
        this.clock = clock;
        frame = new TableFrame(terminal.style());
        size = terminal.size();
    }

    @Override
    public void show(Supplier<List<TaskStatus>> shown) {
        synchronized (this) {
            tasks = shown;
        }
        painter.scheduleWithFixedDelay(this::draw, 0, FRAME_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void onEvent(RunEvent event) {
        if (event instanceof RunEvent.TaskFinished finished) {
            ends.put(finished.task(), finished.at());
        }
    }

    private synchronized void draw() {
        if (tasks == null) {
            return;
        }
        if (++frames % FRAMES_PER_MEASUREMENT == 0) {
            size = terminal.size();
        }
        List<String> lines = frame.lines(tasks.get(), ends, clock.instant(), size);
        StringBuilder text = new StringBuilder();
        if (drawn > 0) {
            text.append("\u001b[").append(drawn).append('A');
        }
        lines.forEach(
                line -> text.append('\r').append(line).append(TO_END_OF_LINE).append('\n'));
        out.print(text.append(TO_END_OF_SCREEN));
        out.flush();
        drawn = lines.size();
    }

    @Override
    public void finish() {
        if (painter.isShutdown()) {
            return;
        }
        painter.shutdown();
        try {
            if (painter.awaitTermination(1, TimeUnit.SECONDS)) {
                draw();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
