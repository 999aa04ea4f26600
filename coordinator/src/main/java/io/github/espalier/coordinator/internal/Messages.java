package io.github.espalier.coordinator.internal;

import io.github.espalier.separator.Task;
import io.github.espalier.worktree.Identity;
import java.util.List;
import java.util.stream.Collectors;

/** Texts of the commits we make. */
final class Messages {
    private Messages() {}

    static String landing(Task task, String branch, String run, List<Identity> coAuthors) {
        String title = task.title().isBlank() ? "" : ": " + oneLine(task.title());
        String others = coAuthors.stream()
                .map(person -> "Co-authored-by: " + person.name() + " <" + person.email() + ">\n")
                .collect(Collectors.joining());
        return "Land " + oneLine(task.id()) + title + "\n\nBranch " + branch + ".\n\n" + trailers(task, run) + others;
    }

    static String resolution(Task task, String run) {
        return "Resolve the conflicts of " + oneLine(task.id()) + "\n\n" + trailers(task, run);
    }

    static String leftovers(Task task, String run) {
        return "Work left uncommitted by " + oneLine(task.id()) + "\n\n" + trailers(task, run);
    }

    private static String trailers(Task task, String run) {
        return "Espalier-Task: " + oneLine(task.id()) + "\nEspalier-Run: " + run + "\n";
    }

    static String oneLine(String text) {
        return text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    }
}
