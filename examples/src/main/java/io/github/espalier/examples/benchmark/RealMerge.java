package io.github.espalier.examples.benchmark;

import java.util.ArrayList;
import java.util.List;

/**
 * A merge that somebody once made.
 *
 * @param commit the merge
 * @param ours its first parent
 * @param theirs its second parent
 */
record RealMerge(String commit, String ours, String theirs) {

    /**
     * What a list of merges holds.
     *
     * @param merges those of two commits
     * @param octopuses how many have more parents; they are left out
     */
    record Listing(List<RealMerge> merges, int octopuses) {
        /** Some of them, evenly spread. */
        Listing sample(int most) {
            List<RealMerge> some = new ArrayList<>();
            int count = Math.min(most, merges.size());
            for (int i = 0; i < count; i++) {
                some.add(merges.get((int) ((long) i * merges.size() / count)));
            }
            return new Listing(some, octopuses);
        }
    }

    /** Reads lines {@code MERGE PARENT1 PARENT2 …}, as {@code git log --merges --format='%H %P'} prints them. */
    static Listing parse(List<String> lines) {
        List<RealMerge> merges = new ArrayList<>();
        int octopuses = 0;
        for (String line : lines) {
            String[] ids = line.strip().split(" +", -1);
            if (ids.length == 3) {
                merges.add(new RealMerge(ids[0], ids[1], ids[2]));
            } else if (ids.length > 3) {
                octopuses++;
            }
        }
        return new Listing(List.copyOf(merges), octopuses);
    }
}
