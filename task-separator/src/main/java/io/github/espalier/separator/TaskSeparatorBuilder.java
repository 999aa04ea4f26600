package io.github.espalier.separator;

import io.github.espalier.separator.internal.predict.PredictingSeparator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Builds separators that predict. Not thread-safe; what it builds is.
 *
 * <pre>{@code
 * TaskSeparator separator = TaskSeparator.builder(ProjectTree.of(repository, "main"))
 *     .history(repository, "main")
 *     .policy(SeparationPolicy.risk(0.2))
 *     .tolerate("CHANGELOG.md")
 *     .build();
 * }</pre>
 */
public final class TaskSeparatorBuilder {
    private final ProjectTree tree;
    private final Set<String> tolerated = new LinkedHashSet<>();
    private @Nullable Supplier<ProjectKnowledge> knowledge;
    private Executor executor = ForkJoinPool.commonPool();
    private Duration patience = Duration.ofMinutes(2);
    private SeparationPolicy policy = SeparationPolicy.safe();
    private boolean completeDeclarations = true;
    private boolean unknownIsIndependent;

    TaskSeparatorBuilder(ProjectTree tree) {
        this.tree = tree;
    }

    /**
     * Predicts from a repository's files and past changes. They are read in the background from {@link #build} on.
     *
     * @param repository a path in a git repository
     * @param revision the commit, in any of git's ways to name it
     * @return this
     */
    public TaskSeparatorBuilder history(Path repository, String revision) {
        knowledge = () -> ProjectKnowledge.read(repository, revision);
        return this;
    }

    /**
     * Predicts from what was read already.
     *
     * @param read the project
     * @return this
     */
    public TaskSeparatorBuilder history(ProjectKnowledge read) {
        knowledge = () -> read;
        return this;
    }

    /**
     * Where the repository is read.
     *
     * @param threads never closed by the separator; the common pool unless said otherwise
     * @return this
     */
    public TaskSeparatorBuilder executor(Executor threads) {
        executor = threads;
        return this;
    }

    /**
     * How long {@link TaskSeparator#separate} waits for the history to be read. After that, and where it cannot be read, the
     * batch is separated by what is certain, and the log says so.
     *
     * @param time zero: not at all; two minutes unless said otherwise
     * @return this
     */
    public TaskSeparatorBuilder patience(Duration time) {
        patience = time;
        return this;
    }

    /**
     * When two tasks are in conflict.
     *
     * @param choice {@link SeparationPolicy#safe} unless said otherwise
     * @return this
     */
    public TaskSeparatorBuilder policy(SeparationPolicy choice) {
        policy = choice;
        return this;
    }

    /**
     * Files that two tasks may write at once: their conflicts are few and easily solved, or somebody merges them. They still
     * conflict if one deletes or renames such a file.
     *
     * @param files paths from the root
     * @return this
     */
    public TaskSeparatorBuilder tolerate(String... files) {
        tolerated.addAll(List.of(files));
        return this;
    }

    /**
     * Whether what a task declares is all that it touches. If not, what its text names is certain too, and other files are
     * predicted beside them: of specifications that name only their main files, half of the conflicts are missed otherwise.
     *
     * @param complete true unless said otherwise
     * @return this
     */
    public TaskSeparatorBuilder completeDeclarations(boolean complete) {
        completeDeclarations = complete;
        return this;
    }

    /**
     * Whether a task of which nothing is known can go beside every other.
     *
     * @param independent false unless said otherwise
     * @return this
     */
    public TaskSeparatorBuilder unknownIsIndependent(boolean independent) {
        unknownIsIndependent = independent;
        return this;
    }

    /**
     * Checks everything and builds.
     *
     * @return the separator
     * @throws SeparationException saying all that is wrong
     */
    public TaskSeparator build() {
        List<String> problems = new ArrayList<>();
        if (patience.isNegative()) {
            problems.add("patience " + patience + " is negative; give zero or more");
        }
        if (policy instanceof SeparationPolicy.Risk && knowledge == null) {
            problems.add("a risk policy estimates from the history; give one by history(repository, revision)");
        }
        for (String path : tolerated) {
            try {
                DeclaredPath.parse(path);
            } catch (InvalidPathException e) {
                problems.add("tolerated " + e.getMessage());
            }
        }
        if (!problems.isEmpty()) {
            throw new SeparationException(String.join("; ", problems));
        }
        return new PredictingSeparator(
                tree,
                Optional.ofNullable(knowledge).map(reading -> CompletableFuture.supplyAsync(reading, executor)),
                new PredictingSeparator.Settings(
                        policy, Set.copyOf(tolerated), completeDeclarations, unknownIsIndependent, patience));
    }
}
