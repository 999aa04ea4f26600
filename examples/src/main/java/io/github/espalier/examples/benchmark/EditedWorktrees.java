package io.github.espalier.examples.benchmark;

import io.github.espalier.examples.support.UserGit;
import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.Snapshot;
import io.github.espalier.worktree.TrustedConfiguration;
import io.github.espalier.worktree.Worktree;
import io.github.espalier.worktree.WorktreeManager;
import io.github.espalier.worktree.WorktreeRequest;
import io.github.espalier.worktree.WorktreeSnapshots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** Worktrees of a generated project as agents have them who have not committed yet. */
final class EditedWorktrees implements AutoCloseable {
    private final GitRepository repository;
    private final List<Worktree> worktrees;
    private final WorktreeSnapshots snapshots;

    private EditedWorktrees(GitRepository repository, List<Worktree> worktrees) {
        this.repository = repository;
        this.worktrees = worktrees;
        snapshots = WorktreeSnapshots.of(repository, TrustedConfiguration.of(repository));
    }

    /**
     * Makes them.
     *
     * @param directory where the project goes; the worktrees beside it
     * @param count how many
     * @param files how many there are in each
     * @param edits what is edited in worktree 1, 2, … of so many files: paths and texts
     */
    static EditedWorktrees make(
            Path directory, int count, int files, BiFunction<Integer, Integer, Map<String, String>> edits) {
        UserGit git = GeneratedProject.create(directory, files, 0, none -> Map.of());
        GitRepository repository = GitRepository.open(directory);
        String base = git.run("rev-parse", "main");
        List<Worktree> worktrees = new ArrayList<>();
        try (WorktreeManager manager = WorktreeManager.of(repository)) {
            for (int number = 1; number <= count; number++) {
                String name = GeneratedProject.branch(number);
                Worktree worktree = manager.add(new WorktreeRequest(directory.resolveSibling(name), name, base));
                edits.apply(number, files).forEach((path, text) -> write(worktree, path, text));
                worktrees.add(worktree);
            }
        }
        return new EditedWorktrees(repository, worktrees);
    }

    GitRepository repository() {
        return repository;
    }

    /** A commit for each of what is in it now. */
    List<String> snapshots() {
        return worktrees.stream().map(snapshots::take).map(Snapshot::commit).toList();
    }

    /** What git says has changed in each: it looks at every file, as a snapshot has to. */
    List<String> status() {
        return worktrees.stream()
                .map(worktree -> new UserGit(worktree.directory()).run("status", "--porcelain"))
                .toList();
    }

    /** What agents may do between two looks. */
    void editOneFileEach(int round) {
        worktrees.forEach(worktree ->
                write(worktree, "notes-" + worktree.branch() + ".txt", worktree.branch() + ", round " + round + "\n"));
    }

    private static void write(Worktree worktree, String path, String text) {
        try {
            Files.writeString(worktree.directory().resolve(path), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        snapshots.close();
    }
}
