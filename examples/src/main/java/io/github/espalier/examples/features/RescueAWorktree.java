package io.github.espalier.examples.features;

import io.github.espalier.examples.support.SampleProject;
import io.github.espalier.examples.support.ScratchFolder;
import io.github.espalier.examples.support.UserGit;
import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.Removal;
import io.github.espalier.worktree.Rescue;
import io.github.espalier.worktree.RescueOutcome;
import io.github.espalier.worktree.RescueRequest;
import io.github.espalier.worktree.Worktree;
import io.github.espalier.worktree.WorktreeManager;
import io.github.espalier.worktree.WorktreeRequest;
import java.nio.file.Path;

/** Everything a worktree holds goes under a ref before the worktree goes: changed, deleted and untracked files. */
public final class RescueAWorktree {
    private RescueAWorktree() {}

    /**
     * Runs it.
     *
     * @param args none
     */
    public static void main(String... args) {
        try (ScratchFolder scratch = ScratchFolder.create("espalier-example-")) {
            UserGit git = SampleProject.create(scratch.path().resolve("project"));
            GitRepository repository = GitRepository.open(git.directory());
            try (WorktreeManager worktrees = WorktreeManager.of(repository)) {
                String base = git.run("rev-parse", "main");
                Path directory = scratch.path().resolve("project-wt1");
                Worktree worktree = worktrees.add(new WorktreeRequest(directory, "feature/1", base));
                SampleProject.write(directory, "src/Greetings.java", "// half done\n");
                SampleProject.write(directory, "new/idea.txt", "never committed\n");
                RescueOutcome outcome = Rescue.of(repository)
                        .save(new RescueRequest(worktree, "refs/espalier/rescue/example/1", "Half done\n", false));
                worktrees.remove(worktree, Removal.keepingBranch().afterRescue());
                if (outcome instanceof RescueOutcome.Saved saved) {
                    System.out.println("the worktree is gone; " + saved.ref() + " holds:");
                    System.out.println(git.run("diff", "--stat", "main", saved.ref()));
                }
            }
        }
    }
}
