package io.github.espalier.separator.internal.predict;

import io.github.espalier.separator.DeclaredPath;
import io.github.espalier.separator.PastChange;
import io.github.espalier.separator.PathChange;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Past changes by the terms of their messages and by the files they touched. The oldest is added first. */
final class ChangeIndex {
    /** Changes of more files are sweeps over the project; they say little of any of them. */
    static final int SWEEP = 60;

    private static final int LATE = 300;
    private static final int LATE_DOUBT = 100;
    private static final float BODY = 0.3f;
    private static final double HALF_LIFE = 60 * 86_400.0;

    /**
     * A change whose message reads like a text.
     *
     * @param change its number
     * @param similarity the cosine of both, from 0 to 1
     */
    record Similar(int change, double similarity) {}

    /** What is known of one file. */
    private static final class Traces {
        private final IntList changes = new IntList();
        private double heat;
        private long last;
        private int times;
    }

    private final ProjectFiles files;
    private final TermIndex messages = new TermIndex();
    private final List<PastChange> changes = new ArrayList<>();
    private final List<int[]> touched = new ArrayList<>();
    private final List<Double> norms = new ArrayList<>();
    private final Map<Integer, Traces> traces = new HashMap<>();
    private final Deque<Set<String>> late = new ArrayDeque<>();
    private final Map<String, Integer> lateTerms = new HashMap<>();

    ChangeIndex(ProjectFiles files) {
        this.files = files;
    }

    void add(PastChange change) {
        int[] numbers = new int[change.paths().size()];
        long time = change.time().getEpochSecond();
        for (int i = 0; i < numbers.length; i++) {
            PathChange path = change.paths().get(i);
            if (path.kind() == DeclaredPath.Kind.RENAME) {
                files.rename(path.path(), path.after());
            }
            numbers[i] = files.number(path.after());
            Traces trace = traces.computeIfAbsent(numbers[i], any -> new Traces());
            trace.heat = decayed(trace, time) + 1;
            trace.last = Math.max(trace.last, time);
            trace.times++;
            if (numbers.length <= SWEEP) {
                trace.changes.add(changes.size());
            }
        }
        Map<String, Float> terms = terms(change);
        changes.add(change);
        touched.add(numbers);
        messages.add(terms);
        norms.add(norm(terms));
        late.add(terms.keySet());
        terms.keySet().forEach(term -> lateTerms.merge(term, 1, Integer::sum));
        if (late.size() > LATE) {
            late.remove().forEach(term -> lateTerms.computeIfPresent(term, (any, n) -> n == 1 ? null : n - 1));
        }
    }

    /**
     * How much it tells that two tasks have a term: less if many changes had it of late, however rare it was before. A campaign
     * that goes through all modules makes its tasks read alike and touch different files.
     */
    double distinction(String term) {
        int often = lateTerms.getOrDefault(term, 0);
        double ofLate = Math.log(1 + (late.size() + LATE_DOUBT - often) / (often + 0.5));
        double scale = Math.log(changes.size() + 2.0) / Math.log(late.size() + LATE_DOUBT + 1.0);
        return Math.min(messages.idf(term), ofLate * scale);
    }

    private static Map<String, Float> terms(PastChange change) {
        Map<String, Float> weights = new HashMap<>();
        String subject = change.subject();
        Terms.scan(subject, term -> weights.merge(term, 1f, Float::sum));
        Terms.count(change.message().substring(subject.length()))
                .forEach((term, count) -> weights.merge(term, BODY * (float) (1 + Math.log(count)), Math::max));
        return weights;
    }

    double norm(Map<String, Float> terms) {
        double sum = 0;
        for (Map.Entry<String, Float> term : terms.entrySet()) {
            double weight = term.getValue() * messages.idf(term.getKey());
            sum += weight * weight;
        }
        return Math.sqrt(sum);
    }

    int size() {
        return changes.size();
    }

    PastChange change(int number) {
        return changes.get(number);
    }

    /** The files of a change, under the numbers that they had then. */
    int[] touched(int change) {
        return touched.get(change);
    }

    TermIndex messages() {
        return messages;
    }

    /** The changes whose messages are nearest to a text; of equally near ones the oldest first. */
    List<Similar> similar(Map<String, Float> query, int most) {
        double[] dots = new double[changes.size()];
        query.forEach((term, weight) -> {
            if (!messages.isCommon(term, 0.2)) {
                double factor = weight * messages.idf(term) * messages.idf(term);
                messages.visit(term, (change, own) -> dots[change] += factor * own);
            }
        });
        double norm = norm(query);
        for (int i = 0; i < dots.length; i++) {
            dots[i] /= norm * norms.get(i) + 1e-9;
        }
        return Candidates.best(dots, most).stream()
                .map(best -> new Similar(best.file(), best.value()))
                .toList();
    }

    /** Changes of a file that are no sweeps, the latest last. */
    IntList changesOf(int file) {
        Traces trace = traces.get(file);
        return trace == null ? new IntList() : trace.changes;
    }

    /** How often a file was changed, by which a change of two months ago counts half. */
    double heat(int file, long now) {
        Traces trace = traces.get(file);
        return trace == null ? 0 : decayed(trace, now);
    }

    private static double decayed(Traces trace, long now) {
        return trace.heat * Math.pow(0.5, Math.max(0, now - trace.last) / HALF_LIFE);
    }

    int times(int file) {
        Traces trace = traces.get(file);
        return trace == null ? 0 : trace.times;
    }

    /** Near 1 for what was changed just now, a half after ten days, 0 for what never was. */
    double recency(int file, long now) {
        Traces trace = traces.get(file);
        return trace == null ? 0 : 1 / (1 + Math.max(0, now - trace.last) / (10 * 86_400.0));
    }
}
