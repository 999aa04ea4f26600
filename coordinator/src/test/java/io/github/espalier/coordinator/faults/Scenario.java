package io.github.espalier.coordinator.faults;

import io.github.espalier.coordinator.AheadPolicy;
import io.github.espalier.coordinator.ConflictPolicy;
import io.github.espalier.coordinator.ConflictResolver;
import io.github.espalier.coordinator.Coordinator;
import io.github.espalier.coordinator.CoordinatorBuilder;
import io.github.espalier.coordinator.InstanceLauncher;
import io.github.espalier.coordinator.RunHistory;
import io.github.espalier.coordinator.RunReport;
import io.github.espalier.coordinator.Survivors;
import io.github.espalier.coordinator.TaskOutcome;
import io.github.espalier.coordinator.Undo;
import io.github.espalier.coordinator.UndoOutcome;
import io.github.espalier.coordinator.Verification;
import io.github.espalier.resources.ResourceMonitor;
import io.github.espalier.separator.Task;
import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.LandingStrategy;
import io.github.espalier.worktree.PoolOptions;
import io.github.espalier.worktree.TestRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A run: its tasks, how it lands, and what the user has checked out meanwhile. */
enum Scenario {
    /** Commits, and everything that an agent can leave uncommitted. */
    PLAIN(Checkout.ELSEWHERE, LandingStrategy.MERGE, false, "commits-1", "leaves-1"),
    /** Agents that fail, and that leave their branch. */
    FAILING(Checkout.ELSEWHERE, LandingStrategy.MERGE, false, "fails-1", "detaches-1"),
    /** Two tasks that change one file, undeclared. */
    CONFLICT(Checkout.ELSEWHERE, LandingStrategy.MERGE, true, "clashes-1", "clashes-2"),
    /** What does not pass the verification. */
    REFUSED(Checkout.ELSEWHERE, LandingStrategy.MERGE, true, "bad-1", "leaves-1"),
    /** Other commits land than the agents made. */
    SQUASH(Checkout.ELSEWHERE, LandingStrategy.SQUASH, false, "commits-1", "leaves-1"),
    /** The user has the target out. */
    CARRIED(Checkout.CLEAN_TARGET, LandingStrategy.MERGE, true, "commits-1", "edits-1"),
    /** The user has the target out, with edits to a file that a task changes. */
    HELD(Checkout.DIRTY_TARGET, LandingStrategy.MERGE, true, "edits-1", "commits-2<edits-1"),
    /** The user has the target out in a linked worktree. */
    LINKED(Checkout.LINKED_TARGET, LandingStrategy.REBASE, false, "commits-1", "leaves-1"),
    /** Agents that are still at work when their host dies, and are ended. */
    STOPPED(Checkout.ELSEWHERE, LandingStrategy.MERGE, false, "lasts-1", "lasts-2"),
    /** Branches that were there before land without agents. */
    LANDED(Checkout.CLEAN_TARGET, LandingStrategy.MERGE, true, "one", "two"),
    /** A landing is taken back. */
    UNDONE(Checkout.CLEAN_TARGET, LandingStrategy.MERGE, true, "one"),
    /** A landing is taken back by moving the target. */
    MOVED_BACK(Checkout.LINKED_TARGET, LandingStrategy.REBASE, false, "one"),
    /** A conflict is resolved by a command, which commits some of what it does. */
    RESOLVED(Checkout.ELSEWHERE, LandingStrategy.MERGE, true, "clashes-1", "clashes-2"),
    /** Worktrees are handed out again, and some are made ahead. */
    POOLED(
            Checkout.ELSEWHERE,
            LandingStrategy.MERGE,
            false,
            "commits-1",
            "leaves-1",
            "fails-1<leaves-1",
            "leaves-2<commits-1"),
    /** Agents that get in each other's way are looked at while they work, and the younger is stopped. */
    WATCHED(Checkout.ELSEWHERE, LandingStrategy.MERGE, false, "overlaps-1", "overlaps-2");

    static final String TARGET = "roadmap";

    /** What the user has out. */
    enum Checkout {
        /** Another branch than the target, with edits. */
        ELSEWHERE,
        /** The target, without a change to a tracked file. */
        CLEAN_TARGET,
        /** The target, with a change to a file that a task changes. */
        DIRTY_TARGET,
        /** Another branch, and the target in a linked worktree. */
        LINKED_TARGET
    }

    private final Checkout checkout;
    private final LandingStrategy strategy;
    private final boolean verified;
    private final String tasks;

    Scenario(Checkout checkout, LandingStrategy strategy, boolean verified, String... tasks) {
        this.checkout = checkout;
        this.strategy = strategy;
        this.verified = verified;
        this.tasks = String.join(" ", tasks);
    }

    Checkout checkout() {
        return checkout;
    }

    boolean verified() {
        return verified;
    }

    /** Whether all of it lands where nothing befalls it. */
    boolean landsAll() {
        return this != FAILING && this != CONFLICT && this != REFUSED && this != HELD && this != POOLED;
    }

    boolean movesBack() {
        return this == MOVED_BACK;
    }

    /** Each is declared to touch a file of its own. */
    List<Task> tasks() {
        List<Task> all = new ArrayList<>();
        for (String text : tasks.split(" ", -1)) {
            String[] words = text.split("<", -1);
            Task.Builder task = Task.builder(words[0]).title("Task " + words[0]).declare("own/" + words[0] + ".txt");
            if (words.length > 1) {
                task.dependsOn(words[1]);
            }
            all.add(task.build());
        }
        return all;
    }

    /** Does all of it; returns whether all landed. */
    boolean run(Coordinator coordinator, Path folder) {
        return switch (this) {
            case LANDED -> landed(coordinator.land(branches()));
            case UNDONE, MOVED_BACK -> {
                UndoOutcome outcome = coordinator.undo(landing(folder), movesBack() ? Undo.MOVE_BACK : Undo.REVERT);
                yield outcome instanceof UndoOutcome.Undone;
            }
            default -> landed(coordinator.run(tasks()));
        };
    }

    private static boolean landed(RunReport report) {
        return report.tasks().stream().allMatch(task -> task.outcome() instanceof TaskOutcome.Landed);
    }

    private boolean hasBranches() {
        return this == LANDED || undoes();
    }

    private boolean undoes() {
        return this == UNDONE || this == MOVED_BACK;
    }

    private List<String> branches() {
        return List.of(tasks.split(" ", -1));
    }

    private static String landing(Path folder) {
        GitRepository repository = GitRepository.open(repository(folder));
        return RunHistory.of(repository).landings().get(0).id();
    }

    CoordinatorBuilder builder(Path folder) {
        CoordinatorBuilder builder = Coordinator.builder()
                .repository(repository(folder))
                .target(TARGET)
                .launcher(InstanceLauncher.command(
                        "sh", folder.resolve("agent.sh").toString(), "{task}", folder.toString()))
                .maxInstances(2)
                .strategy(strategy)
                .survivors(this == STOPPED ? Survivors.STOP : Survivors.ADOPT)
                .stopGrace(Duration.ofMillis(50))
                .resources(ResourceMonitor.unlimited());
        if (this == RESOLVED) {
            builder.onConflict(ConflictPolicy.resolve(
                    ConflictResolver.command("sh", folder.resolve("resolve.sh").toString(), folder.toString())));
        } else if (this == POOLED) {
            builder.pool(PoolOptions.defaults().withMost(2).withSpares(1));
        } else if (this == WATCHED) {
            builder.watchConflicts(Duration.ofMillis(20), AheadPolicy.STOP_YOUNGER);
        }
        return verified
                ? builder.verify(
                        Verification.command("sh", folder.resolve("verify.sh").toString(), folder.toString()))
                : builder;
    }

    static Path repository(Path folder) {
        return folder.resolve("project");
    }

    static Path linked(Path folder) {
        return folder.resolve("users-own");
    }

    /** A repository with all that a user may have in it. */
    void prepare(Path folder) throws IOException {
        Files.createDirectories(folder);
        TestRepository repository = TestRepository.init(repository(folder), "--template=");
        repository
                .write("README.md", "# Project\n")
                .write(".gitignore", "*.ign\n")
                .write("shared.txt", "base\n");
        repository.write("edited.txt", "one\ntwo\nthree\n");
        for (Task task : tasks()) {
            repository.write("own/" + task.id() + ".txt", task.id() + "\n");
            repository.write("own/" + task.id() + "-old.txt", "old " + task.id() + "\n");
        }
        repository.commit("first");
        repository.git("branch", TARGET);
        for (String branch : hasBranches() ? branches() : List.<String>of()) {
            repository.git("checkout", "-q", "-b", branch, TARGET);
            repository.write("edited.txt", "one\ntwo\nthree\n" + ("two".equals(branch) ? "" : "four\n"));
            repository.write("new/" + branch + ".txt", branch + "\n").commit(branch);
        }
        Agents.write(folder);
        if (undoes()) { // before the user has the target out: the checkouts are all that a fault may meet
            repository.git("checkout", "-q", "main");
            builder(folder).build().land(branches());
        }
        repository.git("checkout", "-q", "-B", "other", "main");
        repository.write("other.txt", "other\n").commit("other");
        repository.git("tag", "-a", "-m", "a tag", "v1");
        repository.git("checkout", "-q", "main");
        repository.write("README.md", "# Stashed\n").git("stash", "push", "-q");
        if (checkout == Checkout.CLEAN_TARGET || checkout == Checkout.DIRTY_TARGET) {
            repository.git("checkout", "-q", TARGET);
        } else {
            repository.write("shared.txt", "the user's own edit\n");
            repository.write("users-staged.txt", "staged\n").git("add", "users-staged.txt");
        }
        repository.write("users-new.txt", "untracked\n").write("users.ign", "ignored\n");
        if (checkout == Checkout.DIRTY_TARGET) {
            repository.write("edited.txt", "one\ntwo\nthree\nthe user's line\n");
        }
    }

    /** What cannot be copied with a folder, because it names it. */
    void complete(Path folder) {
        TestRepository repository = TestRepository.at(repository(folder));
        if (checkout == Checkout.LINKED_TARGET) {
            repository.git("worktree", "add", "-q", linked(folder).toString(), TARGET);
            TestRepository.at(linked(folder)).write("users-new.txt", "untracked\n");
        }
        repository.git("status", "--porcelain"); // a copy's files have other inodes than the index knows
    }
}
