package io.github.espalier.coordinator;

import io.github.espalier.separator.Task;
import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.Worktree;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One launch of an agent.
 *
 * @param name run, task and attempt; launching the same name again must not make a second instance
 * @param task the task
 * @param worktree where the agent is to work
 * @param repository the repository the worktree belongs to
 * @param specFile a file that holds the task's specification; it may be empty
 * @param stateDirectory a folder of this attempt's own, outside every worktree, for logs and the launcher's own files; it
 *     exists
 */
public record LaunchRequest(
        InstanceName name, Task task, Worktree worktree, GitRepository repository, Path specFile, Path stateDirectory) {

    /**
     * The values that arguments may name in braces and that the environment carries, in upper case, behind {@code ESPALIER_}.
     *
     * @return {@code task}, {@code title}, {@code spec}, {@code worktree}, {@code branch}, {@code base}, {@code repository}
     *     and {@code run}
     */
    public Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("task", task.id());
        values.put("title", task.title());
        values.put("spec", specFile.toString());
        values.put("worktree", worktree.directory().toString());
        values.put("branch", worktree.branch());
        values.put("base", worktree.base());
        values.put(
                "repository",
                repository.mainWorktree().orElse(repository.commonDirectory()).toString());
        values.put("run", name.run());
        return values;
    }
}
