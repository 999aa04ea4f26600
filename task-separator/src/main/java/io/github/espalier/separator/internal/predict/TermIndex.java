package io.github.espalier.separator.internal.predict;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** From terms to documents, each with a weight. Documents are numbered from 0; one that was removed is skipped. */
final class TermIndex {
    /** What is called for each document that holds a term. */
    @FunctionalInterface
    interface Visitor {
        void visit(int document, float weight);
    }

    private static final class Postings {
        private int[] documents = new int[4];
        private float[] weights = new float[4];
        private int size;
        private int live;

        private void add(int document, float weight) {
            if (size == documents.length) {
                documents = Arrays.copyOf(documents, size * 2);
                weights = Arrays.copyOf(weights, size * 2);
            }
            documents[size] = document;
            weights[size++] = weight;
            live++;
        }
    }

    private static final Postings[] NO_TERMS = {};

    private final Map<String, Postings> terms = new HashMap<>();
    private final List<Postings[]> documents = new ArrayList<>();
    private final BitSet dead = new BitSet();
    private double[] lengths = new double[64];
    private int size;
    private int live;
    private double total;

    /** Adds a document; its length is the sum of its weights. */
    int add(Map<String, Float> weights) {
        if (size == lengths.length) {
            lengths = Arrays.copyOf(lengths, size * 2);
        }
        Postings[] postings = new Postings[weights.size()];
        int i = 0;
        for (Map.Entry<String, Float> term : weights.entrySet()) {
            Postings list = terms.computeIfAbsent(term.getKey(), any -> new Postings());
            list.add(size, term.getValue());
            postings[i++] = list;
            lengths[size] += term.getValue();
        }
        documents.add(postings);
        live++;
        total += lengths[size];
        return size++;
    }

    void remove(int document) {
        if (dead.get(document)) {
            return;
        }
        for (Postings list : documents.get(document)) {
            list.live--;
        }
        documents.set(document, NO_TERMS);
        dead.set(document);
        live--;
        total -= lengths[document];
    }

    int frequency(String term) {
        Postings list = terms.get(term);
        return list == null ? 0 : list.live;
    }

    /** How much a term tells: Robertson and Spärck Jones's weight, never negative. */
    double idf(String term) {
        int frequency = frequency(term);
        return Math.log(1 + (live - frequency + 0.5) / (frequency + 0.5));
    }

    /** Whether so many documents hold a term that it tells nothing. */
    boolean isCommon(String term, double share) {
        return frequency(term) > share * live + 20;
    }

    int live() {
        return live;
    }

    double averageLength() {
        return Math.max(1, total / Math.max(1, live));
    }

    double length(int document) {
        return lengths[document];
    }

    void visit(String term, Visitor visitor) {
        Postings list = terms.get(term);
        if (list != null) {
            for (int i = 0; i < list.size; i++) {
                if (!dead.get(list.documents[i])) {
                    visitor.visit(list.documents[i], list.weights[i]);
                }
            }
        }
    }
}
