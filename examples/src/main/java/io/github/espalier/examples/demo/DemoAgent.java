package io.github.espalier.examples.demo;

import io.github.espalier.examples.support.UserGit;
import java.nio.file.Path;

/** An agent of the demo: a program of its own that works in the worktree it is started in. */
public final class DemoAgent {
    private DemoAgent() {}

    /**
     * Does a task's work.
     *
     * @param args the task's id
     */
    public static void main(String... args) {
        Path tree = Path.of("").toAbsolutePath();
        String id = args.length == 1 ? args[0] : "";
        DemoTask task = DemoTask.all().stream()
                .filter(known -> known.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no task \"" + id + "\"; give one id of the demo's"));
        System.out.println("begins: " + task.title());
        task.work(tree, new UserGit(tree));
        System.out.println("done: " + task.title());
    }
}
