package io.github.espalier.coordinator;

import io.github.espalier.coordinator.internal.JournaledRuns;
import io.github.espalier.separator.EffortEstimate;
import io.github.espalier.worktree.GitRepository;
import java.util.List;

/**
 * The runs of a repository, read from their journals. Reads only; a run may be under way meanwhile.
 *
 * <pre>{@code
 * RunHistory.of(GitRepository.open(Path.of("."))).runs().forEach(run -> System.out.println(run.run()));
 * }</pre>
 */
public interface RunHistory {
    /**
     * The history of a repository.
     *
     * @param repository the repository
     * @return its history
     */
    static RunHistory of(GitRepository repository) {
        return new JournaledRuns(repository);
    }

    /**
     * All runs whose journals are there, those that landed branches among them. What took a landing back is none.
     *
     * @return the newest first
     * @throws JournalDamagedException if a journal is damaged elsewhere than at its torn end
     * @throws CoordinatorException if a journal cannot be read
     */
    List<RecordedRun> runs();

    /**
     * Every landing that is recorded, the newest first, whether or not it was undone since. One that had to be held is
     * among them once it is in, whatever run brought it in.
     *
     * @return the landings
     * @throws JournalDamagedException if a journal is damaged elsewhere than at its torn end
     */
    List<Landing> landings();

    /**
     * Every attempt to take a landing back that is recorded.
     *
     * @return the newest first
     * @throws JournalDamagedException if a journal is damaged elsewhere than at its torn end
     */
    List<RecordedUndo> undos();

    /**
     * How long tasks take: what each declares, else what tasks like it took in the newest twenty runs. They are read now; a
     * journal that cannot be read tells nothing.
     *
     * @return the estimate, for a schedule that is made before a run
     */
    EffortEstimate efforts();
}
