package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.TrustedConfiguration;
import io.github.espalier.worktree.Worktree;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The git program on one repository, where it is to look for it, by which configuration, and whether it may fetch. Immutable
 * and thread-safe.
 */
public final class Git {
    private final Path directory;
    private final Optional<Path> gitDirectory;
    private final Optional<Path> worktree;
    private final Optional<ConfigurationSnapshot> configuration;
    private final boolean offline;

    private Git(
            Path directory,
            Optional<Path> gitDirectory,
            Optional<Path> worktree,
            Optional<ConfigurationSnapshot> configuration,
            boolean offline) {
        this.directory = directory;
        this.gitDirectory = gitDirectory;
        this.worktree = worktree;
        this.configuration = configuration;
        this.offline = offline;
    }

    /** Git in a directory, finding its repository by itself. */
    public static Git at(Path directory) {
        return new Git(directory, Optional.empty(), Optional.empty(), Optional.empty(), true);
    }

    /** Git on a repository's objects and refs, outside any worktree. */
    public static Git of(GitRepository repository) {
        return of(repository.commonDirectory()).fetching(repository);
    }

    /** Git on what a linked worktree's administrative directory knows, whether or not the worktree is there. */
    public static Git of(Path gitDirectory) {
        return new Git(gitDirectory, Optional.of(gitDirectory), Optional.empty(), Optional.empty(), true);
    }

    /**
     * Git in a worktree, by the directories we know and never by its {@code .git} file or its {@code commondir}, which an agent
     * can write.
     */
    public static Git in(Path gitDirectory, Path worktree) {
        return new Git(worktree, Optional.of(gitDirectory), Optional.of(worktree), Optional.empty(), true);
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
        return new Git(directory, gitDirectory, worktree, configuration, true);
    }

    /**
     * The same, but where the repository was a partial clone when it was opened, objects that are not here are fetched. In
     * any other one nothing is ever fetched, so that an agent cannot make it one whose remote runs a program.
     */
    public Git fetching(GitRepository repository) {
        return new Git(directory, gitDirectory, worktree, configuration, !repository.partialClone());
    }

    /**
     * The same, but by this configuration and not by the one of the moment. For each command that may run a filter; a
     * conversation cannot have it.
     */
    public Git trusting(TrustedConfiguration trusted) {
        return new Git(directory, gitDirectory, worktree, Optional.of((ConfigurationSnapshot) trusted), offline);
    }

    public GitCommand command(String... arguments) {
        return command(List.of(arguments));
    }

    public GitCommand command(List<String> arguments) {
        GitCommand command = new GitCommand(directory, where(), arguments);
        gitDirectory.flatMap(Git::common).ifPresent(common -> command.environment("GIT_COMMON_DIR", common.toString()));
        configuration.ifPresent(trusted -> command.trusting(trusted, gitDirectory.orElse(directory)));
        return offline ? command.environment("GIT_ALLOW_PROTOCOL", "none") : command;
    }

    private List<String> where() {
        List<String> where = new ArrayList<>();
        gitDirectory.ifPresent(place -> where.add("--git-dir=" + place));
        worktree.ifPresent(place -> where.add("--work-tree=" + place));
        return where;
    }

    private static Optional<Path> common(Path gitDirectory) {
        return Optional.ofNullable(gitDirectory.getParent())
                .filter(above -> above.endsWith("worktrees"))
                .map(Path::getParent);
    }
}
