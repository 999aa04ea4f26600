package io.github.espalier.separator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Batches with shared files, folders and globs, unknown footprints, dependencies, priorities and efforts. */
final class RandomBatches {
    private static final List<String> PATHS = List.of("a", "b", "c", "d/a", "d/b", "d/", "e/a", "e/*", "f", "g");

    private RandomBatches() {}

    static Arbitrary<List<Task>> ofUpTo(int size) {
        return Arbitraries.integers()
                .between(0, size)
                .flatMap(n -> Arbitraries.randomValue(random -> batch(n, random)));
    }

    private static List<Task> batch(int size, Random random) {
        List<Task> tasks = new ArrayList<>();
        int crowd = 1 + random.nextInt(8);
        for (int i = 0; i < size; i++) {
            Task.Builder task = Task.builder("t" + i).priority(random.nextInt(3));
            if (random.nextInt(12) > 0) {
                task.declare("own/" + i);
                for (int more = random.nextInt(3); more > 0; more--) {
                    if (random.nextInt(8) < crowd) {
                        task.declare(PATHS.get(random.nextInt(PATHS.size())));
                    }
                }
            }
            for (int more = random.nextInt(3); more > 0 && i > 0 && random.nextBoolean(); more--) {
                task.dependsOn("t" + random.nextInt(i));
            }
            if (random.nextInt(6) > 0) {
                task.effort(Duration.ofMinutes(1 + random.nextInt(60)));
            }
            tasks.add(task.build());
        }
        return tasks;
    }

    static Separation separate(List<Task> tasks) {
        return TaskSeparator.of(ProjectTree.empty()).separate(tasks);
    }
}
