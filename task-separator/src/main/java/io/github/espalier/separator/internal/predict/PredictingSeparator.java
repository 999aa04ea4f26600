package io.github.espalier.separator.internal.predict;

import io.github.espalier.separator.Footprint;
import io.github.espalier.separator.Footprint.Touch;
import io.github.espalier.separator.ProjectKnowledge;
import io.github.espalier.separator.ProjectTree;
import io.github.espalier.separator.Separation;
import io.github.espalier.separator.SeparationPolicy;
import io.github.espalier.separator.Task;
import io.github.espalier.separator.TaskSeparator;
import io.github.espalier.separator.internal.CertainPaths;
import io.github.espalier.separator.internal.PathSeparation;
import io.github.espalier.separator.internal.PathSeparator;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Separates by what is certain, and by what the project's past makes likely as far as it was read in time. */
public final class PredictingSeparator implements TaskSeparator {
    private static final Logger log = LoggerFactory.getLogger(TaskSeparator.class);

    private final CertainPaths certain;
    private final Optional<CompletableFuture<ProjectKnowledge>> knowledge;
    private final Settings settings;

    /**
     * What the host chose.
     *
     * @param policy when tasks conflict
     * @param tolerated files that both may write
     * @param completeDeclarations whether a task touches nothing but what it declares
     * @param unknownIsIndependent whether a task of which nothing is known conflicts with none
     * @param patience how long to wait for the history
     */
    public record Settings(
            SeparationPolicy policy,
            Set<String> tolerated,
            boolean completeDeclarations,
            boolean unknownIsIndependent,
            Duration patience) {}

    /** A separator whose knowledge may still be on its way. */
    public PredictingSeparator(
            ProjectTree tree, Optional<CompletableFuture<ProjectKnowledge>> knowledge, Settings settings) {
        certain = new CertainPaths(tree);
        this.knowledge = knowledge;
        this.settings = settings;
    }

    @Override
    public Separation separate(Collection<Task> tasks) {
        Map<String, Task> byId = PathSeparator.checked(tasks);
        Map<String, Footprint> footprints = new LinkedHashMap<>();
        byId.values().forEach(task -> footprints.put(task.id(), new Footprint(certain(task))));
        PathSeparation base = new PathSeparation(byId, footprints);
        Optional<Knowledge> known = known();
        Map<String, PairEstimator.Side> sides = new LinkedHashMap<>();
        byId.values().forEach(task -> sides.put(task.id(), side(task, footprints, known)));
        return new PredictedSeparation(base, sides, known, settings);
    }

    private List<Touch> certain(Task task) {
        return settings.completeDeclarations() && !task.declared().isEmpty()
                ? certain.declared(task)
                : certain.all(task);
    }

    private PairEstimator.Side side(Task task, Map<String, Footprint> footprints, Optional<Knowledge> known) {
        boolean complete = known.isEmpty()
                || (settings.completeDeclarations() && !task.declared().isEmpty());
        Footprint own = footprints.getOrDefault(task.id(), new Footprint(List.of()));
        Sources.Prediction prediction =
                complete ? new Sources.Prediction(own, Map.of()) : Sources.predict(known.orElseThrow(), certain, task);
        return new PairEstimator.Side(
                Query.of(task),
                prediction.footprint(),
                prediction.guesses(),
                Whereabouts.of(prediction.guesses().entrySet().stream()
                        .filter(guess -> !settings.tolerated().contains(guess.getKey()))
                        .map(Map.Entry::getValue)
                        .toList()),
                complete);
    }

    private Optional<Knowledge> known() {
        if (knowledge.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    Knowledge.of(knowledge.get().get(settings.patience().toMillis(), TimeUnit.MILLISECONDS)));
        } catch (TimeoutException e) {
            log.atWarn()
                    .addKeyValue("patience", settings.patience())
                    .log("The history is not read yet; separating by what is certain alone");
        } catch (ExecutionException e) {
            log.atWarn().setCause(e.getCause()).log("The history cannot be read; separating by what is certain alone");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            log.atWarn().log("Interrupted while the history is read; separating by what is certain alone");
        }
        return Optional.empty();
    }
}
