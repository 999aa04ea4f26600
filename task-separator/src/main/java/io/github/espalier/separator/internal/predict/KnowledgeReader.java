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
    private static final int LESSONS = 200;

    private KnowledgeReader() {}

    public static Knowledge read(Path directory, String revision) {
        return Repositories.read(directory, revision, KnowledgeReader::read);
    }

    private static Knowledge read(Repository repository, ObjectId tip) throws IOException {
        long start = System.nanoTime();
        Models models = Models.standard();
        ChangeHistory history = Histories.read(repository, tip, ChangeHistory.DEFAULT_SIZE);
        Map<String, PastChange> known = new HashMap<>();
        history.changes().forEach(change -> known.put(change.id(), change));
        try (ProjectReader reader = new ProjectReader(repository)) {
            Recalibration recalibration = new Recalibration(models.footprints(), Models.PRIOR_PRECISION);
            List<RevCommit> line = reader.line(tip, LESSONS + 1);
            List<Optional<Lesson>> lessons = new ArrayList<>();
            for (RevCommit commit : line) {
                lessons.add(Lesson.of(reader, commit));
            }
            PairLessons pairs = new PairLessons(lessons);
            for (int i = 0; i < line.size(); i++) {
                if (i > 0) {
                    lessons.get(i).ifPresent(lesson -> lesson.learn(reader.project(), recalibration));
                    pairs.observe(reader.project(), i);
                }
                reader.moveTo(line.get(i), ChangeHistory.DEFAULT_SIZE, known);
            }
            FootprintModel footprints = recalibration.model();
            history.gap().ifPresent(gap -> log.atInfo().addKeyValue("gap", gap).log("History is short"));
            log.atDebug()
                    .addKeyValue("changes", history.changes().size())
                    .addKeyValue("files", reader.project().files().count())
                    .addKeyValue("milliseconds", (System.nanoTime() - start) / 1_000_000)
                    .log("Read what is known of the project");
            return new Knowledge(
                    reader.project(),
                    TreeReader.read(repository, tip),
                    footprints,
                    pairs.model(footprints, models.pairs()),
                    history.gap());
        }
    }
}
