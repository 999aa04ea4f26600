package io.github.espalier.examples.demo;

import io.github.espalier.examples.support.UserGit;
import java.nio.file.Path;
import java.util.List;

/** The demo's verification: tests in a merged tree all work that is in it, together. */
public final class DemoCheck {
    private DemoCheck() {}

    /**
     * Tests the tree in the working directory; ends with 1 if something does not pass.
     *
     * @param args none
     */
    public static void main(String... args) {
        Path tree = Path.of("").toAbsolutePath();
        UserGit git = new UserGit(tree);
        List<DemoTask> present =
                DemoTask.all().stream().filter(task -> task.isIn(tree)).toList();
        if (present.isEmpty()) {
            throw new CheckFailedException("nothing of the demo's work is in this tree");
        }
        for (DemoTask task : present) {
            task.check(tree, git);
            System.out.println(task.id() + " passes");
        }
    }
}
