package io.github.espalier.coordinator.faults;

import io.github.espalier.worktree.CheckoutFingerprint;
import io.github.espalier.worktree.TestRepository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a user has before a run, and must have after it.
 *
 * @param commits every commit that a ref reaches
 * @param target where the target is
 * @param checkouts all that is the user's own in each checkout; of one that has the target out, all but what a fast-forward
 *     takes along
 */
record Snapshot(List<String> commits, String target, Map<Path, Object> checkouts) {
    static Snapshot of(Scenario scenario, Path folder) {
        TestRepository repository = TestRepository.at(Scenario.repository(folder));
        Map<Path, Object> checkouts = new TreeMap<>();
        switch (scenario.checkout()) {
            case CLEAN_TARGET, DIRTY_TARGET -> checkouts.put(repository.directory(), carried(repository.directory()));
            case LINKED_TARGET -> {
                checkouts.put(repository.directory(), CheckoutFingerprint.of(repository.directory()));
                checkouts.put(Scenario.linked(folder), carried(Scenario.linked(folder)));
            }
            case ELSEWHERE -> checkouts.put(repository.directory(), CheckoutFingerprint.of(repository.directory()));
        }
        return new Snapshot(
                repository.git("rev-list", "--all").lines().toList(), repository.resolve(Scenario.TARGET), checkouts);
    }

    /** What differs from HEAD, with its content, and HEAD's branch. */
    private static String carried(Path directory) {
        TestRepository checkout = TestRepository.at(directory);
        String status = checkout.git("status", "--porcelain", "--untracked-files=all");
        String contents = status.lines()
                .map(line -> line.substring(3))
                .filter(path -> Files.isRegularFile(directory.resolve(path)))
                .map(path -> path + ": " + checkout.read(path))
                .collect(Collectors.joining("\n"));
        return String.join(
                "\n",
                checkout.git("rev-parse", "--symbolic-full-name", "HEAD"),
                checkout.git("stash", "list"),
                checkout.git("config", "--list"),
                status,
                contents);
    }
}
