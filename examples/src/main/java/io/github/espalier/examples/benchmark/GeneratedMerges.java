package io.github.espalier.examples.benchmark;

import io.github.espalier.examples.support.UserGit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Merges of made-up branches, each with each other. Each branch edits files of its own and one that all edit; every second one
 * conflicts with the next.
 *
 * @param git the repository
 * @param pairs the merges
 */
record GeneratedMerges(UserGit git, List<RealMerge> pairs) {
    private static final int OWN_FILES = 10;

    /**
     * Makes them.
     *
     * @param directory where; it must not exist yet
     * @param files how many files each branch has
     * @param branches how many
     */
    static GeneratedMerges create(Path directory, int files, int branches) {
        UserGit git = GeneratedProject.create(directory, files, branches, number -> edits(number, files));
        List<String> commits = new ArrayList<>();
        for (int number = 1; number <= branches; number++) {
            commits.add(git.run("rev-parse", GeneratedProject.branch(number)));
        }
        List<RealMerge> pairs = new ArrayList<>();
        for (int one = 0; one < branches; one++) {
            for (int other = one + 1; other < branches; other++) {
                String name = GeneratedProject.branch(one + 1) + " with " + GeneratedProject.branch(other + 1);
                pairs.add(new RealMerge(name, commits.get(one), commits.get(other)));
            }
        }
        return new GeneratedMerges(git, List.copyOf(pairs));
    }

    /** What each writes: files of its own, and a line of one that all edit; every second one conflicts with the next. */
    static Map<String, String> edits(int number, int files) {
        Map<String, String> edits = new TreeMap<>();
        for (int i = 0; i < OWN_FILES; i++) {
            int file = (int) (((long) number * OWN_FILES + i) * 7 % files);
            edits.put(GeneratedProject.path(file), GeneratedProject.text(file, i * 3, "edited by " + number));
        }
        int line = 4 * ((number - 1) / 2); // 1 and 2 edit the same line, 3 and 4 another
        edits.put(GeneratedProject.path(0), GeneratedProject.text(0, line, "edited by " + number));
        return edits;
    }
}
