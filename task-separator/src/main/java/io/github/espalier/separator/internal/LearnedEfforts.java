package io.github.espalier.separator.internal;

import io.github.espalier.separator.Effort;
import io.github.espalier.separator.EffortEstimate;
import io.github.espalier.separator.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Efforts of the tasks that read most alike: nearest neighbours by tf–idf and cosine, and their weighted median. */
public final class LearnedEfforts implements EffortEstimate {
    private static final int NEAREST = 5;

    /** Less has a word or two in common, which says nothing. */
    private static final double LEAST_LIKENESS = 0.1;

    private final List<Past> past;
    private final Map<String, List<Posting>> index = new HashMap<>();
    private final Map<String, Double> weights = new HashMap<>();

    /** How much a term counts in an earlier task; those of one task have length 1 together. */
    private record Posting(int task, double weight) {}

    private record Alike(Past past, double likeness) {}

    public LearnedEfforts(Collection<Past> past) {
        this.past = List.copyOf(past);
        List<Map<String, Integer>> terms =
                this.past.stream().map(each -> TaskTerms.of(each.task())).toList();
        Map<String, Integer> documents = new HashMap<>();
        terms.forEach(each -> each.keySet().forEach(term -> documents.merge(term, 1, Integer::sum)));
        documents.forEach((term, count) -> weights.put(term, Math.log(1 + (double) terms.size() / count)));
        for (int i = 0; i < terms.size(); i++) {
            int task = i;
            vector(terms.get(i))
                    .forEach((term, weight) -> index.computeIfAbsent(term, any -> new ArrayList<>())
                            .add(new Posting(task, weight)));
        }
    }

    /** Terms that no earlier task has count as the rarest of theirs: what is only here makes the task less like the others. */
    private Map<String, Double> vector(Map<String, Integer> terms) {
        double unseen = Math.log(1.0 + past.size());
        Map<String, Double> vector = new HashMap<>();
        terms.forEach((term, count) -> vector.put(term, (1 + Math.log(count)) * weights.getOrDefault(term, unseen)));
        double length = Math.sqrt(
                vector.values().stream().mapToDouble(weight -> weight * weight).sum());
        vector.replaceAll((term, weight) -> weight / length);
        return vector;
    }

    @Override
    public Effort of(Task task) {
        if (task.effort().isPresent() || past.isEmpty()) {
            return EffortEstimate.declared().of(task);
        }
        List<Alike> alike = alike(task);
        if (alike.isEmpty()) {
            return new Effort(
                    median(past.stream().map(each -> new Alike(each, 1)).toList()), Effort.Source.LEARNED, List.of());
        }
        List<String> like = alike.stream().map(each -> each.past().task().id()).toList();
        return new Effort(median(alike), Effort.Source.LEARNED, like);
    }

    private List<Alike> alike(Task task) {
        Map<Integer, Double> likeness = new HashMap<>();
        vector(TaskTerms.of(task))
                .forEach((term, weight) -> index.getOrDefault(term, List.of())
                        .forEach(posting -> likeness.merge(posting.task(), weight * posting.weight(), Double::sum)));
        Comparator<Map.Entry<Integer, Double>> mostAlike = Map.Entry.comparingByValue(Comparator.reverseOrder());
        return likeness.entrySet().stream()
                .filter(entry -> entry.getValue() >= LEAST_LIKENESS)
                .sorted(mostAlike.thenComparing(Map.Entry.comparingByKey()))
                .limit(NEAREST)
                .map(entry -> new Alike(past.get(entry.getKey()), entry.getValue()))
                .toList();
    }

    /** The time at which half of the weight is reached. */
    private static Duration median(List<Alike> times) {
        List<Alike> sorted = times.stream()
                .sorted(Comparator.comparing((Alike each) -> each.past().took()))
                .toList();
        double half = sorted.stream().mapToDouble(Alike::likeness).sum() / 2;
        double sum = 0;
        for (Alike each : sorted) {
            sum += each.likeness();
            if (sum >= half) {
                return each.past().took();
            }
        }
        return sorted.get(sorted.size() - 1).past().took();
    }
}
