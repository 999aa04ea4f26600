package io.github.espalier.examples.features;

import io.github.espalier.examples.support.SampleProject;
import io.github.espalier.examples.support.ScratchFolder;
import io.github.espalier.examples.support.UserGit;
import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.MergeOutcome;
import io.github.espalier.worktree.MergeRequest;
import io.github.espalier.worktree.Merger;
import java.util.List;

/** A merge as a computation on objects: no checkout, no ref moves. */
public final class MergeWithoutCheckout {
    private MergeWithoutCheckout() {}

    /**
     * Runs it.
     *
     * @param args none
     */
    public static void main(String... args) {
        try (ScratchFolder scratch = ScratchFolder.create("espalier-example-")) {
            UserGit git = SampleProject.create(scratch.path().resolve("project"));
            commit(git, "french", "Bonjour", "src/Greetings.java");
            commit(git, "german", "Guten Tag", "src/Greetings.java");
            commit(git, "guide", "Read on", "docs/guide.md");
            GitRepository repository = GitRepository.open(git.directory());
            for (String branch : List.of("guide", "german")) {
                MergeOutcome outcome = Merger.of(repository).merge(new MergeRequest("french", branch));
                if (outcome instanceof MergeOutcome.Merged merged) {
                    System.out.println("french and " + branch + " merge to tree " + merged.tree());
                } else if (outcome instanceof MergeOutcome.Conflicted conflicted) {
                    conflicted
                            .conflicts()
                            .forEach(conflict -> System.out.println("french and " + branch + " conflict in "
                                    + conflict.path() + ": " + conflict.kind()));
                }
            }
        }
    }

    private static void commit(UserGit git, String branch, String text, String path) {
        git.run("switch", "--quiet", "-c", branch, "main");
        SampleProject.write(git.directory(), path, text + "\n");
        git.commitAll("Say " + text);
        git.run("switch", "--quiet", "main");
    }
}
