package io.github.espalier.examples.features;

import io.github.espalier.examples.support.SampleProject;
import io.github.espalier.examples.support.ScratchFolder;
import io.github.espalier.examples.support.UserGit;
import io.github.espalier.separator.ProjectTree;
import io.github.espalier.separator.Separation;
import io.github.espalier.separator.Task;
import io.github.espalier.separator.TaskSeparator;
import java.util.List;

/** The separator alone: what tasks will touch, which can go side by side, and why the others cannot. */
public final class SeparateTasks {
    private SeparateTasks() {}

    /**
     * Runs it.
     *
     * @param args none
     */
    public static void main(String... args) {
        try (ScratchFolder scratch = ScratchFolder.create("espalier-example-")) {
            UserGit git = SampleProject.create(scratch.path().resolve("project"));
            Separation separation = TaskSeparator.of(ProjectTree.of(git.directory(), SampleProject.TARGET))
                    .separate(List.of(
                            Task.builder("polite")
                                    .spec("Say please in `src/Greetings.java`.")
                                    .build(),
                            Task.builder("french")
                                    .spec("Greet in French in `Greetings`.")
                                    .build(),
                            Task.builder("guide").declare("docs/**").build(),
                            Task.builder("vague").spec("Make it better.").build()));
            separation.taskFileMap().forEach((task, paths) -> System.out.println(task + " touches " + paths));
            separation.independentPairs().forEach(pair -> System.out.println(pair.first() + " | " + pair.second()));
            separation
                    .conflicts()
                    .forEach(conflict -> System.out.println(conflict.first() + " x " + conflict.second() + ": "
                            + conflict.reasons().get(0).describe()));
        }
    }
}
