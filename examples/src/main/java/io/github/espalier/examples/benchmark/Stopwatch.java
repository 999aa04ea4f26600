package io.github.espalier.examples.benchmark;

import io.github.espalier.worktree.MergeOutcome;
import io.github.espalier.worktree.MergeRequest;
import io.github.espalier.worktree.Merger;

/** Takes the time of one merge. Not thread-safe. */
final class Stopwatch implements Merger {
    private final Merger merger;
    private long nanoseconds;

    Stopwatch(Merger merger) {
        this.merger = merger;
    }

    @Override
    public MergeOutcome merge(MergeRequest request) {
        long start = System.nanoTime();
        try {
            return merger.merge(request);
        } finally {
            nanoseconds = System.nanoTime() - start;
        }
    }

    long nanoseconds() {
        return nanoseconds;
    }
}
