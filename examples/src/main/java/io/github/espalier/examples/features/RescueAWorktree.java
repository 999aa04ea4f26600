package io.github.espalier.examples.features;

import io.github.espalier.examples.support.SampleProject;
import io.github.espalier.examples.support.ScratchFolder;
import io.github.espalier.examples.support.UserGit;
import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.Removal;
import io.github.espalier.worktree.Rescue;
import io.github.espalier.worktree.RescueMessage;
import io.github.espalier.worktree.RescueOutcome;
import io.github.espalier.worktree.RescueRequest;
import io.github.espalier.worktree.Rescues;
import io.github.espalier.worktree.Worktree;
import io.github.espalier.worktree.WorktreeManager;
import io.github.espalier.worktree.WorktreeRequest;
import java.nio.file.Path;
import java.time.Instant;

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
                RescueMessage message = new RescueMessage("1", "example", 1, Instant.now(), "half done");
                RescueOutcome outcome = Rescue.of(repository)
                        .save(new RescueRequest(worktree, Rescues.PREFIX + "example/1", message.text(), false));
                worktrees.remove(worktree, Removal.keepingBranch().afterRescue());
                if (outcome instanceof RescueOutcome.Saved saved) {
                    System.out.println("the worktree is gone; " + saved.ref() + " holds:");
                    System.out.println(git.run("diff", "--stat", "main", saved.ref()));
                    Rescues rescues = Rescues.of(repository);
                    rescues.restore(rescues.list().get(0).id(), "salvaged");
                    System.out.println("and so does the branch salvaged: " + git.run("show", "salvaged:new/idea.txt"));
                }
            }
        }
    }
}
