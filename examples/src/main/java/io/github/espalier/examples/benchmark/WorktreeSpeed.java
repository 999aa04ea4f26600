package io.github.espalier.examples.benchmark;

import io.github.espalier.examples.support.UserGit;
import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.PoolOptions;
import io.github.espalier.worktree.Removal;
import io.github.espalier.worktree.Worktree;
import io.github.espalier.worktree.WorktreeManager;
import io.github.espalier.worktree.WorktreePool;
import io.github.espalier.worktree.WorktreeRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** What a worktree costs: made, leased from a pool, removed, each beside the plain git command in the same round. */
final class WorktreeSpeed {
    private static final PoolOptions OPTIONS =
            PoolOptions.defaults().withMost(1).withSpares(0);
    private static final double MOST_OF_A_LEASE = 0.10;
    private static final double MOST_OF_A_CREATION = 1.05;
    private static final double MOST_OF_A_REMOVAL = 0.01;

    private static final int MOST_LOOKS = 24_000;

    private final GitRepository repository;
    private final UserGit git;
    private final String base;
    private final String further;
    private final List<Duration> gitAdd = new ArrayList<>();
    private final List<Duration> add = new ArrayList<>();
    private final List<Duration> lease = new ArrayList<>();
    private final List<Duration> leaseFurther = new ArrayList<>();
    private final List<Duration> gitRemove = new ArrayList<>();
    private final List<Duration> remove = new ArrayList<>();
    private final List<Duration> removeLater = new ArrayList<>();
    private final List<Duration> removeVouched = new ArrayList<>();
    private final List<Duration> giveBack = new ArrayList<>();
    private int count;

    private WorktreeSpeed(SpeedProject project) {
        git = project.git();
        repository = GitRepository.open(git.directory());
        base = project.base();
        further = project.further();
    }

    /** The first round warms up and does not count. */
    static List<SpeedLine> measure(SpeedProject project, int rounds) {
        WorktreeSpeed speed = new WorktreeSpeed(project);
        for (int round = 0; round <= rounds; round++) {
            // Closed after each: what is deleted in the background would slow down whoever comes next.
            try (WorktreeManager plain = WorktreeManager.of(speed.repository)) {
                speed.makeAndRemove(plain, round % 2 == 0);
            }
            try (WorktreeManager plain = WorktreeManager.of(speed.repository)) {
                Worktree left = plain.add(speed.request(speed.base));
                speed.settle();
                timed(speed.removeLater, () -> plain.removeLater(left, Removal.keepingBranch()))
                        .toCompletableFuture()
                        .join();
            }
            try (WorktreeManager plain = WorktreeManager.of(speed.repository)) {
                Worktree vouched = plain.add(speed.request(speed.base));
                speed.settle();
                timed(
                        speed.removeVouched,
                        () -> removed(plain, vouched, Removal.keepingBranch().afterRescue()));
            }
            try (WorktreeManager pooled = WorktreeManager.pooled(WorktreeManager.of(speed.repository), OPTIONS)) {
                speed.leaseAndGiveBack(pooled);
            }
            WorktreePool.of(speed.repository).clear();
        }
        speed.all().forEach(times -> times.remove(0));
        return speed.lines();
    }

    private static <T> T timed(List<Duration> times, Supplier<T> work) {
        long start = System.nanoTime();
        T result = work.get();
        times.add(Duration.ofNanos(System.nanoTime() - start));
        return result;
    }

    /** They take turns: who comes second finds the objects in memory. */
    private void makeAndRemove(WorktreeManager plain, boolean gitFirst) {
        Path byGit = repository.parent().resolve("by-git-" + count++);
        Worktree made;
        if (gitFirst) {
            addByGit(byGit);
            made = addByManager(plain);
        } else {
            made = addByManager(plain);
            addByGit(byGit);
        }
        settle();
        timed(gitRemove, () -> git.run("worktree", "remove", byGit.toString()));
        timed(remove, () -> removed(plain, made, Removal.keepingBranch()));
    }

    /**
     * Brings to the disk what was written and deleted just now, as the minutes that an agent takes do: whoever comes next waits
     * for it else.
     */
    private void settle() {
        git.run("-c", "alias.settle=!sync", "settle");
    }

    private void addByGit(Path directory) {
        settle();
        timed(gitAdd, () -> git.run("worktree", "add", "-q", "-b", name(directory), directory.toString(), base));
    }

    private Worktree addByManager(WorktreeManager plain) {
        settle();
        return timed(add, () -> plain.add(request(base)));
    }

    private void leaseAndGiveBack(WorktreeManager pooled) {
        removed(pooled, pooled.add(request(base)), Removal.keepingBranch());
        await();
        Worktree same = timed(lease, () -> pooled.add(request(base)));
        settle();
        timed(giveBack, () -> pooled.removeLater(same, Removal.keepingBranch()))
                .toCompletableFuture()
                .join();
        await();
        Worktree other = timed(leaseFurther, () -> pooled.add(request(further)));
        removed(pooled, other, Removal.keepingBranch());
        await();
    }

    private static boolean removed(WorktreeManager manager, Worktree worktree, Removal removal) {
        manager.remove(worktree, removal);
        return true;
    }

    private void await() {
        for (int looks = 0; WorktreePool.of(repository).waiting().isEmpty(); looks++) {
            if (looks > MOST_LOOKS) {
                throw new IllegalStateException(repository.parent() + ": worktrees cannot be pooled here");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    private WorktreeRequest request(String commit) {
        Path directory = repository.parent().resolve("ours-" + count++);
        return new WorktreeRequest(directory, name(directory), commit);
    }

    private static String name(Path directory) {
        return "task/" + directory.getFileName();
    }

    private List<List<Duration>> all() {
        return List.of(gitAdd, add, lease, leaseFurther, gitRemove, remove, removeLater, removeVouched, giveBack);
    }

    private List<SpeedLine> lines() {
        String adding = "git worktree add";
        String removing = "git worktree remove";
        return List.of(
                SpeedLine.of(adding, gitAdd, adding, gitAdd),
                SpeedLine.of("WorktreeManager.add", add, adding, gitAdd).atMost(MOST_OF_A_CREATION),
                SpeedLine.of("a pool's add, at the same base", lease, adding, gitAdd)
                        .atMost(MOST_OF_A_LEASE),
                SpeedLine.of("a pool's add, further on", leaseFurther, adding, gitAdd)
                        .atMost(MOST_OF_A_LEASE),
                SpeedLine.of(removing, gitRemove, removing, gitRemove),
                SpeedLine.of("WorktreeManager.remove, which looks first", remove, removing, gitRemove),
                SpeedLine.of("WorktreeManager.removeLater", removeLater, removing, gitRemove)
                        .atMost(MOST_OF_A_REMOVAL),
                SpeedLine.of("WorktreeManager.remove after a rescue", removeVouched, removing, gitRemove)
                        .atMost(MOST_OF_A_REMOVAL),
                SpeedLine.of("a pool's removeLater", giveBack, removing, gitRemove)
                        .atMost(MOST_OF_A_REMOVAL));
    }
}
