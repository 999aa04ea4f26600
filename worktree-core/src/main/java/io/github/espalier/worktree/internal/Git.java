package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.Worktree;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The git program on one repository, where it is to look for it, and whether it may fetch. Immutable and thread-safe. */
public final class Git {
    private final Path directory;
    private final List<String> where;
    private final Map<String, String> commonDirectory;
    private final boolean offline;

    private Git(Path directory, List<String> where, Map<String, String> commonDirectory, boolean offline) {
        this.directory = directory;
        this.where = where;
        this.commonDirectory = commonDirectory;
        this.offline = offline;
    }

    /** Git in a directory, finding its repository by itself. */
    public static Git at(Path directory) {
        return new Git(directory, List.of(), Map.of(), true);
    }

    /** Git on a repository's objects and refs, outside any worktree. */
    public static Git of(GitRepository repository) {
        return new Git(
                        repository.commonDirectory(),
                        List.of("--git-dir=" + repository.commonDirectory()),
                        Map.of(),
                        true)
                .fetching(repository);
    }

    /** Git on what a linked worktree's administrative directory knows, whether or not the worktree is there. */
    public static Git of(Path gitDirectory) {
        return new Git(gitDirectory, List.of("--git-dir=" + gitDirectory), common(gitDirectory), true);
    }

    /**
     * Git in a worktree, by the directories we know and never by its {@code .git} file or its {@code commondir}, which an agent
     * can write.
     */
    public static Git in(Path gitDirectory, Path worktree) {
        return new Git(
                worktree, List.of("--git-dir=" + gitDirectory, "--work-tree=" + worktree), common(gitDirectory), true);
    }

    private static Map<String, String> common(Path gitDirectory) {
        Path above = gitDirectory.getParent();
        Path common = above != null && above.endsWith("worktrees") ? above.getParent() : null;
        return common == null ? Map.of() : Map.of("GIT_COMMON_DIR", common.toString());
    }

    /** Git in a linked worktree. */
    public static Git in(Worktree worktree) {
        return in(worktree.gitDirectory(), worktree.directory());
    }

    /**
     * The same, but for what is only looked up: an object that is not here is not fetched, whatever remote the configuration
     * promises it from, because fetching runs programs that the configuration names.
     */
    public Git offline() {
        return new Git(directory, where, commonDirectory, true);
    }

    /**
     * The same, but where the repository was a partial clone when it was opened, objects that are not here are fetched. In
     * any other one nothing is ever fetched, so that an agent cannot make it one whose remote runs a program.
     */
    public Git fetching(GitRepository repository) {
        return new Git(directory, where, commonDirectory, !repository.partialClone());
    }

    public GitCommand command(String... arguments) {
        return command(List.of(arguments));
    }

    public GitCommand command(List<String> arguments) {
        Map<String, String> environment = new HashMap<>(commonDirectory);
        if (offline) {
            environment.put("GIT_ALLOW_PROTOCOL", "none");
        }
        return new GitCommand(directory, where, environment, arguments);
    }
}
