package io.github.espalier.separator;

import io.github.espalier.separator.internal.predict.KnowledgeReader;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a repository tells, at one commit, of the changes to come: its files, what they hold, its past changes, and how well
 * those could have been foreseen. Immutable and thread-safe. The library alone implements it.
 */
public interface ProjectKnowledge {
    /**
     * Reads a repository. This takes seconds, for a large one a minute: the past changes come from a cache ({@link
     * ChangeHistory#of(Path, String)}), the contents of all text files of up to 400 kB are read, and the last 200 changes are
     * predicted each as of before it was made, to fit the model to this project; the fit is kept under the repository's
     * {@code espalier/cache/} and serves for 50 commits. Call it off any thread that must not wait.
     *
     * @param repository a path in a git repository
     * @param revision the commit, in any of git's ways to name it
     * @return what is known
     * @throws SeparationException if there is no such repository or commit
     */
    static ProjectKnowledge read(Path repository, String revision) {
        return KnowledgeReader.read(repository, revision);
    }

    /**
     * The files.
     *
     * @return as of the commit
     */
    ProjectTree tree();

    /**
     * Why less is known than there should be: fewer past changes, or files whose contents are not there.
     *
     * @return for example that the clone is shallow or partial; empty: nothing is amiss
     */
    Optional<String> gap();
}
