package io.github.espalier.examples.view;

import io.github.espalier.coordinator.RunEvent;
import io.github.espalier.coordinator.TaskStatus;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** A line an event, with its time: for files, pipes and build servers. */
final class LineView implements RunView {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());
    private static final int LONGEST = 500;

    private final PrintWriter out;

    LineView(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void show(Supplier<List<TaskStatus>> tasks) {}

    @Override
    public void onEvent(RunEvent event) {
        String task = event instanceof RunEvent.OfTask ofTask ? DisplayText.clean(ofTask.task()) + ": " : "";
        out.println(TIME.format(event.at()) + " " + task + DisplayText.cut(EventText.describe(event), LONGEST));
        out.flush();
    }

    @Override
    public void finish() {}
}
