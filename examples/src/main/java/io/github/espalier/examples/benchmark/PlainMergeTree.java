package io.github.espalier.examples.benchmark;

import io.github.espalier.worktree.GitRepository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * {@code git merge-tree} as a script would call it: what the engines are compared with.
 *
 * @param gitDirectory the repository
 */
record PlainMergeTree(Path gitDirectory) {
    private static final int CONFLICTED = 1;

    /**
     * What it says.
     *
     * @param exitCode 0 merged, 1 conflicted, anything else a failure
     * @param tree the tree, with markers where there are conflicts
     * @param conflicts unmerged paths
     */
    record Answer(int exitCode, String tree, SortedSet<String> conflicts) {
        boolean clean() {
            return exitCode == 0;
        }

        boolean failed() {
            return exitCode > CONFLICTED;
        }
    }

    Answer merge(RealMerge merge) {
        Output output =
                run("merge-tree", "--write-tree", "-z", "--name-only", "--no-messages", merge.ours(), merge.theirs());
        List<String> fields = output.fields();
        return new Answer(
                output.exitCode(),
                fields.stream().findFirst().orElse(""),
                new TreeSet<>(fields.subList(Math.min(1, fields.size()), fields.size())));
    }

    /** Old and new names of all files that either side renamed. */
    Set<String> renamed(RealMerge merge) {
        Set<String> paths = new TreeSet<>();
        String base = run("merge-base", merge.ours(), merge.theirs()).text().strip();
        for (String side : List.of(merge.ours(), merge.theirs())) {
            run("diff-tree", "-r", "-z", "-M", "--diff-filter=R", "--name-status", base, side).fields().stream()
                    .filter(field -> !field.matches("R\\d+"))
                    .forEach(paths::add);
        }
        return paths;
    }

    private record Output(int exitCode, String text) {
        List<String> fields() {
            return Arrays.stream(text.split("\0", -1))
                    .filter(field -> !field.isEmpty())
                    .toList();
        }
    }

    private Output run(String... arguments) {
        List<String> argv = new ArrayList<>(List.of("git", "--git-dir=" + gitDirectory));
        argv.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(argv).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().keySet().removeAll(GitRepository.ENVIRONMENT);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Output(process.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException("git cannot be started: install it and put it on the PATH", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
