package io.github.espalier.examples.benchmark;

import io.github.espalier.examples.support.UserGit;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * A repository to measure on. Its first commit is checked out, as a user has some commit out.
 *
 * @param git in it
 * @param base a commit to start from
 * @param further another one, some changes later
 */
record SpeedProject(UserGit git, String base, String further) {
    private static final int CHANGED = 100;
    private static final int LATER = 20;

    /** The least number of files that one can be generated with. */
    static final int FEWEST = CHANGED + 1;

    /** Generates one, whose second commit differs in a hundred files. */
    static SpeedProject generated(Path directory, int files) {
        UserGit git = GeneratedProject.create(directory, files, 1, number -> changes(files));
        git.run("checkout", "--quiet", "--force", "main");
        return new SpeedProject(git, git.run("rev-parse", "main"), git.run("rev-parse", GeneratedProject.branch(1)));
    }

    /**
     * A copy of a repository, which itself is not touched; the second commit is its HEAD, the first lies twenty before it.
     *
     * @throws IllegalStateException if it is none, or has fewer commits
     */
    static SpeedProject copied(Path directory, String repository) {
        UserGit around = new UserGit(directory.resolveSibling(""));
        around.run("clone", "--quiet", "--no-checkout", "--no-hardlinks", repository, directory.toString());
        UserGit git = new UserGit(directory);
        String tip = git.run("rev-parse", "HEAD");
        git.run("checkout", "--quiet", "--force", "--detach", "HEAD~" + LATER);
        return new SpeedProject(git, git.run("rev-parse", "HEAD"), tip);
    }

    private static Map<String, String> changes(int files) {
        Map<String, String> changes = new TreeMap<>();
        for (int i = 0; i < CHANGED; i++) {
            int file = i * (files / CHANGED);
            changes.put(GeneratedProject.path(file), GeneratedProject.text(file, 1, "changed"));
        }
        return changes;
    }
}
