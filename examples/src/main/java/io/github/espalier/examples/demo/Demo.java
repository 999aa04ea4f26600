package io.github.espalier.examples.demo;

import io.github.espalier.coordinator.Coordinator;
import io.github.espalier.coordinator.InstanceLauncher;
import io.github.espalier.coordinator.Run;
import io.github.espalier.coordinator.RunReport;
import io.github.espalier.coordinator.Verification;
import io.github.espalier.examples.support.CancelOnExit;
import io.github.espalier.examples.support.ScratchFolder;
import io.github.espalier.examples.support.UserGit;
import io.github.espalier.examples.view.DisplayText;
import io.github.espalier.examples.view.RunView;
import io.github.espalier.examples.view.Summary;
import io.github.espalier.examples.view.Terminal;
import io.github.espalier.resources.ResourceLimits;
import io.github.espalier.separator.Task;
import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.Refs;
import io.github.espalier.worktree.WorktreeException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The main job, from clone to clean-up. */
public final class Demo {
    private static final String TARGET = "espalier-demo";
    private static final Duration AGENT_TIME_LIMIT = Duration.ofMinutes(2);

    /** A busy machine shall slow the demo down, not stop it; a full disk shall. */
    private static final ResourceLimits LIMITS = new ResourceLimits(100, 100, 64L << 20);

    private final Optional<Path> chosen;
    private final Terminal terminal;
    private final PrintWriter out;

    /**
     * Prepares it.
     *
     * @param chosen the repository to clone; empty: this project's own, or a generated one
     * @param terminal where it shows
     * @param out where it prints
     */
    public Demo(Optional<Path> chosen, Terminal terminal, PrintWriter out) {
        this.chosen = chosen;
        this.terminal = terminal;
        this.out = out;
    }

    /**
     * Runs it.
     *
     * @param keep whether the clone stays
     * @return whether all landed and the cloned checkout is as it was
     * @throws WorktreeException if the chosen repository is none, or has no commit
     * @throws InterruptedException if the waiting thread is interrupted
     */
    public boolean run(boolean keep) throws InterruptedException {
        Optional<GitRepository> given = chosen.map(GitRepository::open);
        CancelOnExit watch = CancelOnExit.watch();
        ScratchFolder scratch = ScratchFolder.create("espalier-demo-");
        try {
            GitRepository source = given.or(DemoSource::own)
                    .orElseGet(() -> DemoSource.generated(scratch.path().resolve("sample")));
            return run(source, scratch.path().resolve("project"), watch);
        } finally {
            if (keep) {
                say("Kept: " + scratch.path());
            } else {
                scratch.close();
            }
            watch.close();
        }
    }

    private boolean run(GitRepository source, Path clone, CancelOnExit watch) throws InterruptedException {
        Path origin = source.mainWorktree().orElse(source.commonDirectory());
        if (Refs.of(source).commit("HEAD").isEmpty()) {
            throw new WorktreeException(
                    origin + ": has no commit to clone; commit something, or name another repository");
        }
        CheckoutState before = CheckoutState.of(source);
        say("Cloning " + origin + " into " + clone);
        new UserGit(origin).run("clone", "--quiet", "--template=", origin.toString(), clone.toString());
        UserGit git = new UserGit(clone);
        String target = target(git);
        git.run("branch", "--no-track", target, "HEAD");
        say("Three agents edit, test and commit; each merged tree is verified before it lands on " + target);
        RunReport report = land(clone, target, watch);
        say("git log --graph --oneline " + target);
        out.println(
                git.run("log", "--graph", "--oneline", "--no-decorate", "--no-color", "--boundary", "HEAD.." + target));
        return unchanged(origin, before, CheckoutState.of(source)) && report.success();
    }

    /** A clone has one branch of its own, which may be an earlier demo's. */
    private static String target(UserGit git) {
        String taken = git.run("branch", "--show-current");
        return taken.equals(TARGET) || taken.startsWith(TARGET + "/") ? TARGET + "-2" : TARGET;
    }

    private RunReport land(Path clone, String target, CancelOnExit watch) throws InterruptedException {
        try (RunView view = RunView.on(terminal, out)) {
            Coordinator coordinator = Coordinator.builder()
                    .repository(clone)
                    .target(target)
                    .launcher(InstanceLauncher.command(OwnPrograms.command(DemoAgent.class, "{task}")))
                    .verify(Verification.command(AGENT_TIME_LIMIT, OwnPrograms.command(DemoCheck.class)))
                    .maxInstances(3)
                    .timeLimit(AGENT_TIME_LIMIT)
                    .limits(LIMITS)
                    .listener(view)
                    .build();
            try (Run run = coordinator.start(tasks())) {
                watch.cancels(run::cancel);
                view.show(run::status);
                RunReport report = run.await();
                view.finish();
                new Summary(terminal.style(), out).print(report);
                return report;
            }
        }
    }

    private static List<Task> tasks() {
        return DemoTask.all().stream()
                .map(task -> Task.builder(task.id())
                        .title(task.title())
                        .declare(task.files().toArray(String[]::new))
                        .build())
                .toList();
    }

    private boolean unchanged(Path origin, CheckoutState before, CheckoutState after) {
        List<String> changes = before.changesTo(after);
        if (changes.isEmpty()) {
            say("Unchanged: " + origin + " (HEAD, refs, stash, index, configuration and " + before.files() + " files)");
        } else {
            say("CHANGED while the demo ran: " + origin + ": " + String.join(", ", changes));
        }
        return changes.isEmpty();
    }

    private void say(String text) {
        out.println(DisplayText.clean(text));
        out.flush();
    }
}
