package io.github.espalier.coordinator.internal;

import io.github.espalier.separator.Task;
import io.github.espalier.worktree.LandingStrategy;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** A finished branch on its way to the target. Confined to the landing lane, but for its result. */
final class Candidate {
    final Task task;
    final String branch;
    final String tip;
    final LandingStrategy strategy;
    final CompletableFuture<LandingResult> result = new CompletableFuture<>();
    /** What it changes; known only where the order asks for it. */
    final Set<String> paths = new HashSet<>();
    /** How often it was merged: a target that moves without end must not keep it for ever. */
    int rounds;
    /** What it could not be merged onto; not tried again until something else is there. */
    String refusedOnto = "";
    /** Its place among all that finished. */
    long sequence;

    Candidate(Task task, String branch, String tip, LandingStrategy strategy) {
        this.task = task;
        this.branch = branch;
        this.tip = tip;
        this.strategy = strategy;
    }
}
