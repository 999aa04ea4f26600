package io.github.espalier.separator.internal.predict;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/**
 * Where a task may work, as three vectors: how many files it is expected to touch in each module and folder, and how likely it
 * is to touch each file. Two tasks that work in the same place may meet in a file that is foreseen for neither. Immutable.
 */
final class Whereabouts {
    private final Vector files;
    private final Vector folders;
    private final Vector modules;

    private Whereabouts(Collection<Guess> guesses) {
        files = Vector.of(guesses, Guess::file);
        folders = Vector.of(guesses, guess -> guess.place().folder());
        modules = Vector.of(guesses, guess -> guess.place().module());
    }

    /** By the texts alone: what is declared as well brings a task closer to others, and takes it away from none. */
    static Whereabouts of(Collection<Guess> guesses) {
        return new Whereabouts(guesses);
    }

    /**
     * How alike two vectors are.
     *
     * @param files the cosine of those of files, from 0 to 1
     * @param folders the cosine of those of folders
     * @param modules the cosine of those of modules
     */
    record Overlap(double files, double folders, double modules) {}

    /** How alike these and another's are; the same the other way round. */
    Overlap overlap(Whereabouts other) {
        return new Overlap(files.cosine(other.files), folders.cosine(other.folders), modules.cosine(other.modules));
    }

    /** A sparse vector, by ascending keys. */
    private static final class Vector {
        private final int[] keys;
        private final double[] values;
        private final double length;

        private Vector(Map<Integer, Double> sums) {
            keys = new int[sums.size()];
            values = new double[sums.size()];
            int at = 0;
            double squares = 0;
            for (Map.Entry<Integer, Double> sum : sums.entrySet()) {
                keys[at] = sum.getKey();
                values[at++] = sum.getValue();
                squares += sum.getValue() * sum.getValue();
            }
            length = Math.sqrt(squares);
        }

        static Vector of(Collection<Guess> guesses, ToIntFunction<Guess> key) {
            TreeMap<Integer, Double> sums = new TreeMap<>();
            guesses.forEach(guess -> sums.merge(key.applyAsInt(guess), guess.probability(), Double::sum));
            return new Vector(sums);
        }

        double cosine(Vector other) {
            double product = 0;
            int mine = 0;
            int theirs = 0;
            while (mine < keys.length && theirs < other.keys.length) {
                int order = Integer.compare(keys[mine], other.keys[theirs]);
                if (order == 0) {
                    product += values[mine++] * other.values[theirs++];
                } else if (order < 0) {
                    mine++;
                } else {
                    theirs++;
                }
            }
            return product == 0 ? 0 : Math.min(1, product / (length * other.length));
        }
    }
}
