package io.github.espalier.coordinator.internal;

import io.github.espalier.coordinator.CommandLauncher;
import io.github.espalier.coordinator.ConfigurationException;
import io.github.espalier.coordinator.CoordinatorException;
import io.github.espalier.coordinator.InstanceLauncher;
import io.github.espalier.coordinator.SandboxedLauncher;
import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.TargetBranch;
import io.github.espalier.worktree.WorktreeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks over what a builder was told, and collects all that is wrong with it. Not thread-safe. */
public final class SettingsCheck {
    private final List<String> problems = new ArrayList<>();

    /** Opens the repository. */
    public Optional<GitRepository> repository(@Nullable Path path) {
        if (path == null) {
            problems.add("no repository: say repository(Path.of(\".\"))");
            return Optional.empty();
        }
        try {
            return Optional.of(GitRepository.open(path));
        } catch (WorktreeException e) {
            problems.add(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    public void instances(Configuration.Instances instances, int ceiling) {
        int most = instances.most();
        atLeastOne("maxInstances " + most, most);
        require(
                most <= ceiling,
                "maxInstances " + most + ": is above the ceiling of " + ceiling + "; raise it by an explicit ceiling("
                        + most + ") if the machine bears it");
        atLeastOne("maxAttempts " + instances.attempts(), instances.attempts());
        instances.timeLimit().ifPresent(limit -> moreThanZero("timeLimit " + limit, limit));
        Duration grace = instances.stopGrace();
        require(!grace.isNegative(), "stopGrace " + grace + ": must not be negative");
    }

    public void landings(Configuration.Landings landings) {
        landings.watching()
                .map(Configuration.Watching::interval)
                .ifPresent(interval -> moreThanZero("watchConflicts " + interval, interval));
        Configuration.Queue queue = landings.queue();
        atLeastOne("landingBatch " + queue.batch(), queue.batch());
        atLeastOne("maxVerifications " + queue.verifications(), queue.verifications());
    }

    public void history(Configuration.History history) {
        atLeastOne("history of " + history.runs() + " runs", history.runs());
        moreThanZero("history of " + history.age(), history.age());
    }

    public void worktrees(Configuration.Worktrees worktrees) {
        for (String template : List.of(worktrees.directoryTemplate(), worktrees.branchTemplate())) {
            require(
                    template.contains("{id}"),
                    "template \"" + template + "\": must contain {id}, or all tasks would share one name");
        }
        require(
                worktrees.untrackedLimit() >= 0,
                "untrackedLimit " + worktrees.untrackedLimit() + ": must not be negative");
    }

    /** Whether it can start what it is to start. */
    public void launcher(@Nullable InstanceLauncher launcher, String branchTemplate, @Nullable String target) {
        Path here = Path.of("").toAbsolutePath();
        if (launcher == null) {
            problems.add("no launcher: say launcher(InstanceLauncher.command(…))");
        } else if (launcher instanceof CommandLauncher command) {
            attempt(() -> command.requireProgram(here));
        } else if (launcher instanceof SandboxedLauncher sandboxed) {
            attempt(() -> sandboxed.requireProgram(here));
            attempt(sandboxed::requireSandbox);
            branchFolder(branchTemplate, target);
        }
    }

    /** An agent in a sandbox can move every branch in the folder of its own. */
    private void branchFolder(String template, @Nullable String target) {
        String folder = template.substring(0, template.lastIndexOf('/') + 1);
        boolean holdsTarget = target != null && target.startsWith(folder);
        if (folder.isEmpty() || (holdsTarget && !folder.contains("{"))) {
            problems.add("template \"" + template + "\": a sandboxed agent can write all branches in the folder of its"
                    + " own, " + (folder.isEmpty() ? "and this one has none" : "and the target lies there too")
                    + "; say branch(\"agents/{id}\")");
        }
    }

    public void target(@Nullable String branch, Optional<GitRepository> repository) {
        if (branch == null) {
            problems.add("no target: say target(\"branch\")");
        } else {
            repository.ifPresent(opened -> attempt(() -> TargetBranch.tip(opened, branch)));
        }
    }

    private void atLeastOne(String setting, int value) {
        require(value >= 1, setting + ": must be at least 1");
    }

    private void moreThanZero(String setting, Duration value) {
        require(!value.isZero() && !value.isNegative(), setting + ": must be more than zero");
    }

    private void require(boolean good, String problem) {
        if (!good) {
            problems.add(problem);
        }
    }

    private void attempt(Runnable check) {
        try {
            check.run();
        } catch (WorktreeException | CoordinatorException e) {
            problems.add(String.valueOf(e.getMessage()));
        }
    }

    public boolean failed() {
        return !problems.isEmpty();
    }

    /** All that was found. */
    public ConfigurationException failure() {
        return new ConfigurationException(problems);
    }
}
