package io.github.espalier.separator.internal;

import io.github.espalier.separator.Task;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Which tasks exclude each other, by their numbers. Two do if one of them is alone, if they hold one claim, or if they are
 * neighbours; only pairs of the last kind take room of their own. Immutable.
 */
final class ConflictGraph {
    private final boolean[] alone;

    /** By task, ascending; only claims that several tasks hold. */
    private final int[][] claims;

    private final List<String> names = new ArrayList<>();
    private final Neighbours[] neighbours;

    ConflictGraph(Exclusions exclusions, List<Task> tasks, Map<String, Integer> numbers) {
        int size = tasks.size();
        alone = new boolean[size];
        neighbours = new Neighbours[size];
        List<Map<String, String>> held = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            String id = tasks.get(i).id();
            alone[i] = exclusions.isAlone(id);
            held.add(alone[i] ? Map.of() : exclusions.claims(id));
            Collection<String> others = alone[i] ? List.of() : exclusions.others(id);
            neighbours[i] = others.isEmpty()
                    ? Neighbours.NONE
                    : new Neighbours(
                            others.stream().mapToInt(other -> Objects.requireNonNull(numbers.get(other), other)), size);
        }
        claims = shared(held);
    }

    private int[][] shared(List<Map<String, String>> held) {
        Map<String, Integer> holders = new HashMap<>();
        held.forEach(claimed -> claimed.keySet().forEach(key -> holders.merge(key, 1, Integer::sum)));
        Map<String, Integer> numbers = new HashMap<>();
        return held.stream()
                .map(claimed -> claimed.entrySet().stream()
                        .filter(claim -> Objects.requireNonNull(holders.get(claim.getKey())) > 1)
                        .mapToInt(claim -> numbers.computeIfAbsent(claim.getKey(), any -> number(claim.getValue())))
                        .sorted()
                        .toArray())
                .toArray(int[][]::new);
    }

    private int number(String name) {
        names.add(name);
        return names.size() - 1;
    }

    boolean isAlone(int task) {
        return alone[task];
    }

    int[] claims(int task) {
        return claims[task];
    }

    Neighbours neighbours(int task) {
        return neighbours[task];
    }

    int claimCount() {
        return names.size();
    }

    String claimName(int claim) {
        return names.get(claim);
    }

    /** Whether two different tasks can go side by side. */
    boolean areIndependent(int one, int other) {
        return !alone[one]
                && !alone[other]
                && !neighbours[one].has(other)
                && !neighbours[other].has(one)
                && !shareAClaim(claims[one], claims[other]);
    }

    private static boolean shareAClaim(int[] mine, int[] theirs) {
        int i = 0;
        int j = 0;
        while (i < mine.length && j < theirs.length) {
            if (mine[i] == theirs[j]) {
                return true;
            } else if (mine[i] < theirs[j]) {
                i++;
            } else {
                j++;
            }
        }
        return false;
    }
}
