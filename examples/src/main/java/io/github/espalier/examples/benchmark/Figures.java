package io.github.espalier.examples.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What is made of many measurements of the same thing. */
final class Figures {
    private Figures() {}

    /** The middle one, or the mean of the two in the middle. */
    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    static double medianSeconds(List<Duration> times) {
        return median(times.stream().map(time -> time.toNanos() / 1e9).toList());
    }

    /** The median of the ratios of the times that belong to the same round. */
    static double ratio(List<Duration> times, List<Duration> yardstick) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < times.size(); i++) {
            ratios.add(times.get(i).toNanos() / (double) yardstick.get(i).toNanos());
        }
        return median(ratios);
    }

    static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
