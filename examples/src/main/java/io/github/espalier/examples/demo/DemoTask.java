package io.github.espalier.examples.demo;

import io.github.espalier.examples.support.UserGit;
import java.nio.file.Path;
import java.util.List;

/** What one of the demo's agents does, and how its work is tested. */
interface DemoTask {
    /** All of them. */
    static List<DemoTask> all() {
        return List.of(new ContentsTask(), new VersionsTask(), new InventoryTask());
    }

    /** The task's id. */
    String id();

    /** What it is about. */
    String title();

    /** What it will touch. */
    List<String> files();

    /**
     * Does the work: edits files, tests them and commits.
     *
     * @param tree a worktree
     * @throws CheckFailedException if the work does not pass its test
     */
    void work(Path tree, UserGit git);

    /** Whether the work is in a tree. */
    boolean isIn(Path tree);

    /**
     * Tests the work in a tree.
     *
     * @throws CheckFailedException saying what is wrong
     */
    void check(Path tree, UserGit git);
}
