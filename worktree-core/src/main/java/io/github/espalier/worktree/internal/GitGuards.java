package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.HostProcess;
import java.util.List;
import java.util.Map;

/** What keeps a repository, or the host's environment, from making git do more than it was told. */
final class GitGuards {
    /**
     * No hook and no file-system monitor of the repository runs, no garbage collection starts behind our back, and locks
     * that somebody holds for a moment are waited for.
     */
    static final List<String> ARGUMENTS = List.of(
            "-c", "core.hooksPath=/dev/null",
            "-c", "core.fsmonitor=false",
            "-c", "gc.auto=0",
            "-c", "maintenance.auto=false",
            "-c", "core.filesRefLockTimeout=2000",
            "-c", "core.packedRefsTimeout=2000",
            "-c", "core.quotePath=false",
            "-c", "submodule.recurse=false",
            "-c", "rerere.enabled=false",
            "-c", "advice.detachedHead=false");

    private static final Map<String, String> SETTINGS = Map.of(
            "GIT_OPTIONAL_LOCKS", "0",
            "GIT_TERMINAL_PROMPT", "0",
            "LC_ALL", "C",
            "LANG", "C");

    private GitGuards() {}

    /** Takes from an environment what would lead git elsewhere, and adds what git must know of us. */
    static void apply(Map<String, String> environment) {
        environment.keySet().removeIf(name -> GitRepository.ENVIRONMENT.contains(name) || name.startsWith("GIT_TRACE"));
        environment.putAll(SETTINGS);
        environment.put(HostProcess.VARIABLE, HostProcess.self());
    }
}
