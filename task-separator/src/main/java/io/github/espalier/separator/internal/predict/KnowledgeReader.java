package io.github.espalier.separator.internal.predict;

import io.github.espalier.separator.ChangeHistory;
import io.github.espalier.separator.PastChange;
import io.github.espalier.separator.ProjectKnowledge;
import io.github.espalier.separator.internal.Repositories;
import io.github.espalier.separator.internal.TreeReader;
import io.github.espalier.separator.internal.history.Histories;
import io.github.espalier.separator.internal.history.ProjectReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a project up to some way before a commit, goes on from change to change, and learns from each. */
public final class KnowledgeReader {
    private static final Logger log = LoggerFactory.getLogger(ProjectKnowledge.class);
    /** So many commits on, weights that were fitted still serve. */
    private static final int STALE = 50;

    private KnowledgeReader() {}

    public static Knowledge read(Path directory, String revision) {
        return Repositories.read(directory, revision, KnowledgeReader::read);
    }

    private static Knowledge read(Repository repository, ObjectId tip) throws IOException {
        long start = System.nanoTime();
        Models standard = Models.standard();
        ChangeHistory history = Histories.read(repository, tip, ChangeHistory.DEFAULT_SIZE);
        Map<String, PastChange> known = new HashMap<>();
        history.changes().forEach(change -> known.put(change.id(), change));
        try (ProjectReader reader = new ProjectReader(repository)) {
            List<RevCommit> line = reader.line(tip, Lessons.MOST + 1);
            ModelCache cache = new ModelCache(Repositories.cache(repository), standard);
            Optional<Models> fitted = cache.fittedAt(latest(line));
            Models models;
            if (fitted.isPresent()) {
                for (RevCommit commit : line) { // step by step as a fit does, for the same order of changes
                    reader.moveTo(commit, ChangeHistory.DEFAULT_SIZE, known);
                }
                models = fitted.get();
            } else {
                // As they are read back: the same commit has the same models, fitted now or before.
                List<ReplayRecord> lessons = new ArrayList<>();
                new Lessons(reader, line).replay(repository, known, lessons::add);
                models = Models.of(Lessons.adjusted(standard, lessons).lines());
                cache.store(tip.name(), models);
            }
            Optional<String> gap = history.gap().or(() -> partial(reader.missing()));
            gap.ifPresent(why -> log.atInfo().addKeyValue("gap", why).log("Less is known than there could be"));
            log.atDebug()
                    .addKeyValue("changes", history.changes().size())
                    .addKeyValue("files", reader.project().files().count())
                    .addKeyValue("fitted", fitted.isEmpty())
                    .addKeyValue("milliseconds", (System.nanoTime() - start) / 1_000_000)
                    .log("Read what is known of the project");
            return new Knowledge(
                    reader.project(), TreeReader.read(repository, tip), models.footprints(), models.pairs(), gap);
        }
    }

    private static Optional<String> partial(int missing) {
        return missing == 0
                ? Optional.empty()
                : Optional.of("the clone is partial: the contents of " + missing + " versions of files are not there; "
                        + Repositories.REFETCH + " brings them");
    }

    private static List<String> latest(List<RevCommit> line) {
        return line.subList(Math.max(0, line.size() - 1 - STALE), line.size()).stream()
                .map(RevCommit::name)
                .toList();
    }
}
