package io.github.espalier.examples.features;

import io.github.espalier.coordinator.Coordinator;
import io.github.espalier.coordinator.InstanceLauncher;
import io.github.espalier.coordinator.Run;
import io.github.espalier.coordinator.RunEvent;
import io.github.espalier.examples.support.SampleProject;
import io.github.espalier.examples.support.ScratchFolder;
import io.github.espalier.examples.support.UserGit;
import io.github.espalier.separator.Task;
import java.util.List;

/** A listener is told what happens, in order; one that fails hurts nobody. */
public final class ListenToEvents {
    private ListenToEvents() {}

    /**
     * Runs it.
     *
     * @param args none
     * @throws InterruptedException if interrupted while waiting for the run
     */
    public static void main(String... args) throws InterruptedException {
        try (ScratchFolder scratch = ScratchFolder.create("espalier-example-")) {
            UserGit git = SampleProject.create(scratch.path().resolve("project"));
            Coordinator coordinator = Coordinator.builder()
                    .repository(git.directory())
                    .target(SampleProject.TARGET)
                    .launcher(InstanceLauncher.command("sh", "-c", "date >> docs/guide.md"))
                    .listener(ListenToEvents::tell)
                    .listener(event -> {
                        throw new IllegalStateException("a listener with a defect");
                    })
                    .build();
            try (Run run = coordinator.start(List.of(
                    Task.builder("a").declare("docs/guide.md").build(),
                    Task.builder("b").declare("docs/guide.md").build()))) {
                run.status().forEach(task -> System.out.println(task.id() + " is " + task.state()));
                System.out.println("success: " + run.await().success());
            }
        }
    }

    private static void tell(RunEvent event) {
        String task = event instanceof RunEvent.OfTask ofTask ? ofTask.task() + " " : "";
        String detail = event instanceof RunEvent.TaskWaiting waiting
                ? ": " + waiting.reason().detail()
                : "";
        System.out.println(task + event.getClass().getSimpleName() + detail);
    }
}
