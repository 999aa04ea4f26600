package io.github.espalier.separator;

import io.github.espalier.separator.internal.predict.Knowledge;
import io.github.espalier.separator.internal.predict.Sources;

/**
 * One way to tell which files a task will touch. Each serves alone; {@link #combined} weighs them all.
 *
 * <pre>{@code
 * ProjectKnowledge known = ProjectKnowledge.read(Path.of("."), "main");
 * Footprint footprint = FootprintSource.combined(known).footprint(task);
 * footprint.touches().forEach(System.out::println);
 * // src/A.java 0.71: named in the spec, line 3: A; 4 of 5 similar past changes touched it (abc1234, …)
 * }</pre>
 *
 * <p>Sources are thread-safe. What they find has a probability only where {@link #combined} or {@link #declared} say so; the
 * figures of the others are scores from 0 to 1 by which paths can be ranked.
 */
@FunctionalInterface
public interface FootprintSource {
    /**
     * What the task declares, with probability 1.
     *
     * @param tree the files
     * @return the source
     */
    static FootprintSource declared(ProjectTree tree) {
        return Sources.declared(tree);
    }

    /**
     * Paths, file names and classes that the text names and the tree has, or that it names as new.
     *
     * @param tree the files
     * @return the source
     */
    static FootprintSource named(ProjectTree tree) {
        return Sources.named(tree);
    }

    /**
     * What past changes with similar messages touched: nearest neighbours by the cosine of their weighted terms.
     *
     * @param knowledge the project
     * @return the source
     */
    static FootprintSource similarChanges(ProjectKnowledge knowledge) {
        return Sources.similarChanges(Knowledge.of(knowledge));
    }

    /**
     * Files whose path or content has the words of the text (Okapi BM25).
     *
     * @param knowledge the project
     * @return the source
     */
    static FootprintSource words(ProjectKnowledge knowledge) {
        return Sources.words(Knowledge.of(knowledge));
    }

    /**
     * What changed together with files that the task declares or names.
     *
     * @param knowledge the project
     * @return the source
     */
    static FootprintSource changedTogether(ProjectKnowledge knowledge) {
        return Sources.changedTogether(Knowledge.of(knowledge));
    }

    /**
     * What goes with files that the task declares or names: the test with its subject, the source with its header, the other
     * languages of a bundle of messages, the lock file with its manifest.
     *
     * @param knowledge the project
     * @return the source
     */
    static FootprintSource companions(ProjectKnowledge knowledge) {
        return Sources.companions(Knowledge.of(knowledge));
    }

    /**
     * All of them, weighed by a logistic regression whose weights come with the library and are adjusted to the project's own
     * past. What the task declares has probability 1 whatever else is known.
     *
     * @param knowledge the project
     * @return the source
     */
    static FootprintSource combined(ProjectKnowledge knowledge) {
        return Sources.combined(Knowledge.of(knowledge));
    }

    /**
     * What a task will touch, as far as this source can tell.
     *
     * @param task the task
     * @return the paths, the likeliest first; unknown if there is none
     */
    Footprint footprint(Task task);
}
