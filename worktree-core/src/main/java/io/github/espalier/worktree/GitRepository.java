package io.github.espalier.worktree;

import io.github.espalier.worktree.internal.Additions;
import io.github.espalier.worktree.internal.Git;
import io.github.espalier.worktree.internal.GitResult;
import io.github.espalier.worktree.internal.WorktreeList;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A git repository, found and checked: what every other type here is made for. Immutable and thread-safe.
 *
 * @param commonDirectory the directory that all worktrees share ({@code .git} of the main one), absolute and real
 * @param mainWorktree the main worktree's directory; empty for a bare repository, and where
 *     git cannot tell: in a linked worktree of a repository with a separate git directory
 * @param objectFormat {@code sha1} or {@code sha256}
 * @param gitVersion version of the git program on the {@code PATH}
 * @param partialClone whether it was a partial clone when it was opened: only then are objects fetched that are not here
 */
public record GitRepository(
        Path commonDirectory,
        Optional<Path> mainWorktree,
        String objectFormat,
        GitVersion gitVersion,
        boolean partialClone) {
    private static final String CORE_WORKTREE = "core.worktree";
    private static final String CORE_BARE = "core.bare";
    private static final String SETTINGS =
            "^(extensions\\.partialclone|remote\\..*\\.promisor|core\\.(worktree|bare))$";
    /** Asked for once: another git does not come while a host runs. */
    private static final AtomicReference<GitVersion> version = new AtomicReference<>();

    private static final String STATE = "espalier";

    /**
     * Environment variables that point git at one repository ({@code git rev-parse --local-env-vars}), or make it read names
     * of files in another way. A host that runs in a
     * git hook has them set; whatever it starts for another checkout must not.
     */
    public static final Set<String> ENVIRONMENT = Set.of(
            "GIT_ALTERNATE_OBJECT_DIRECTORIES",
            "GIT_CONFIG",
            "GIT_CONFIG_PARAMETERS",
            "GIT_CONFIG_COUNT",
            "GIT_OBJECT_DIRECTORY",
            "GIT_DIR",
            "GIT_WORK_TREE",
            "GIT_IMPLICIT_WORK_TREE",
            "GIT_GRAFT_FILE",
            "GIT_INDEX_FILE",
            "GIT_NO_REPLACE_OBJECTS",
            "GIT_REPLACE_REF_BASE",
            "GIT_PREFIX",
            "GIT_SHALLOW_FILE",
            "GIT_COMMON_DIR",
            "GIT_NAMESPACE",
            "GIT_EXTERNAL_DIFF",
            "GIT_INTERNAL_SUPER_PREFIX",
            "GIT_QUARANTINE_PATH",
            "GIT_ATTR_SOURCE",
            "GIT_GLOB_PATHSPECS",
            "GIT_NOGLOB_PATHSPECS",
            "GIT_ICASE_PATHSPECS",
            "GIT_LITERAL_PATHSPECS");

    /**
     * Finds the repository that a path lies in: a checkout, a linked worktree, a bare repository, or a folder inside one.
     *
     * @param path any path inside the repository
     * @return the repository
     * @throws NotARepositoryException if the path is not a directory, lies in no repository, or git refuses it
     * @throws GitCommandException if the git program is missing
     * @throws WorktreeException if the git program is older than {@link GitVersion#OLDEST}
     */
    public static GitRepository open(Path path) {
        Path directory = path.toAbsolutePath().normalize();
        if (!Files.isDirectory(directory)) {
            throw new NotARepositoryException(path, "is not a directory; name a folder inside a git repository");
        }
        Git git = Git.at(directory);
        GitVersion version = version(git);
        if (version.compareTo(GitVersion.OLDEST) < 0) {
            throw new WorktreeException(
                    "git " + version + " is too old: install git " + GitVersion.OLDEST + " or later");
        }
        GitResult found = git.command("rev-parse", "--path-format=absolute", "--git-common-dir", "--show-object-format")
                .accept(128)
                .run();
        if (found.exitCode() != 0) {
            throw new NotARepositoryException(
                    path,
                    "is in no git repository that git accepts (" + found.error().strip() + ")");
        }
        List<String> lines = found.lines();
        Path common = real(Path.of(lines.get(0)));
        Additions.letGitWork(common, common.resolve(STATE));
        Map<String, String> settings = settings(common);
        Optional<String> worktree = Optional.ofNullable(settings.remove(CORE_WORKTREE));
        boolean plain = "false".equals(settings.remove(CORE_BARE)) && worktree.isEmpty() && common.endsWith(".git");
        Optional<Path> main = plain ? Optional.ofNullable(common.getParent()) : mainWorktree(git, common, worktree);
        return new GitRepository(common, main, lines.get(1), version, !settings.isEmpty());
    }

    private static GitVersion version(Git git) {
        GitVersion known = version.get();
        if (known == null) {
            known = GitVersion.parse(git.command("--version").run().line());
            version.set(known);
        }
        return known;
    }

    private static Map<String, String> settings(Path common) {
        Map<String, String> settings = new HashMap<>();
        Git.of(common)
                .command("config", "-z", "--get-regexp", SETTINGS)
                .accept(1)
                .run()
                .nulSeparated()
                .forEach(entry -> {
                    String[] keyAndValue = entry.split("\n", 2);
                    if (!entry.isEmpty()) {
                        settings.put(keyAndValue[0], keyAndValue.length == 2 ? keyAndValue[1] : "");
                    }
                });
        return settings;
    }

    /**
     * Git lists the main worktree first, and marks it bare where there is none. Where the git directory lies elsewhere (a
     * submodule, {@code --separate-git-dir}), it lists that instead.
     */
    private static Optional<Path> mainWorktree(Git git, Path common, Optional<String> configured) {
        List<String> first = WorktreeList.list(git).nulSeparated().stream()
                .takeWhile(line -> !line.isEmpty())
                .toList();
        if (first.contains("bare")) {
            return Optional.empty();
        }
        if (configured.filter(value -> !value.isEmpty()).isPresent()) {
            return Optional.of(real(common.resolve(configured.get())));
        }
        Path listed = real(Path.of(first.get(0).substring("worktree ".length())));
        return listed.equals(common) ? topLevel(git, common) : Optional.of(listed);
    }

    private static Optional<Path> topLevel(Git git, Path common) {
        List<String> lines = git.command("rev-parse", "--path-format=absolute", "--git-dir", "--show-toplevel")
                .accept(128)
                .run()
                .lines();
        return lines.size() == 2 && real(Path.of(lines.get(0))).equals(common)
                ? Optional.of(real(Path.of(lines.get(1))))
                : Optional.empty();
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (java.io.IOException e) {
            return path.normalize();
        }
    }

    /**
     * The name people know the repository by.
     *
     * @return the main worktree's directory name; for a bare repository its own, without {@code .git}
     */
    public String name() {
        String name = String.valueOf(mainWorktree.orElse(commonDirectory).getFileName());
        return name.endsWith(".git") && name.length() > 4 ? name.substring(0, name.length() - 4) : name;
    }

    /**
     * The folder that new worktrees go into by default.
     *
     * @return the parent of the main worktree, or of a bare repository itself
     */
    public Path parent() {
        Path self = mainWorktree.orElse(commonDirectory);
        Path parent = self.getParent();
        return parent == null ? self : parent;
    }

    /**
     * Where this library keeps its own files: outside every worktree, so that removing a worktree removes none of them.
     *
     * @return {@code espalier/} in the common git directory; it may not exist yet
     */
    public Path stateDirectory() {
        return commonDirectory.resolve(STATE);
    }
}
