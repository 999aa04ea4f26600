package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.FileChange;
import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.RepositoryFingerprint;
import io.github.espalier.worktree.Worktree;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The files of a fingerprint.
 *
 * @param states what each is; one that is not there is left out
 * @param configurations those that are configuration
 */
public record Fingerprints(Map<Path, FileState> states, Map<Path, ConfigText> configurations)
        implements RepositoryFingerprint {

    public static RepositoryFingerprint of(GitRepository repository) {
        Path common = repository.commonDirectory();
        List<Path> inside = new ArrayList<>(List.of(common));
        repository.mainWorktree().ifPresent(inside::add);
        WatchedFiles files = new WatchedFiles(inside);
        files.addConfiguration(common.resolve("config"));
        files.addConfiguration(common.resolve("config.worktree"));
        files.addFolder(common.resolve("hooks"));
        for (String file : List.of("info/attributes", "info/exclude", "info/grafts", "objects/info/alternates")) {
            files.add(common.resolve(file));
        }
        return new Fingerprints(files.states(), files.configurations());
    }

    public static RepositoryFingerprint of(Worktree worktree) {
        Path admin = worktree.gitDirectory();
        WatchedFiles files = new WatchedFiles(List.of(admin, worktree.directory()));
        files.add(worktree.directory().resolve(".git"));
        files.add(admin.resolve("gitdir"));
        files.add(admin.resolve("commondir"));
        files.addConfiguration(admin.resolve("config.worktree"));
        return new Fingerprints(files.states(), files.configurations());
    }

    @Override
    public List<FileChange> changesSince(RepositoryFingerprint earlier) {
        Fingerprints before = (Fingerprints) earlier;
        TreeSet<Path> files = new TreeSet<>(states.keySet());
        files.addAll(before.states.keySet());
        List<FileChange> changes = new ArrayList<>();
        for (Path file : files) {
            change(before.states.get(file), states.get(file))
                    .ifPresent(what -> changes.add(new FileChange(file, what, keys(before, file))));
        }
        return List.copyOf(changes);
    }

    private static Optional<FileChange.Kind> change(@Nullable FileState before, @Nullable FileState now) {
        if (before == null) {
            return Optional.of(FileChange.Kind.ADDED);
        } else if (now == null) {
            return Optional.of(FileChange.Kind.REMOVED);
        } else if (!before.kind().equals(now.kind())) {
            return Optional.of(FileChange.Kind.KIND);
        } else if (!before.content().equals(now.content())) {
            return Optional.of(FileChange.Kind.CONTENT);
        }
        return before.mode().equals(now.mode()) ? Optional.empty() : Optional.of(FileChange.Kind.MODE);
    }

    private List<String> keys(Fingerprints before, Path file) {
        ConfigText now = configurations.getOrDefault(file, ConfigText.NONE);
        return now.keysChangedSince(before.configurations.getOrDefault(file, ConfigText.NONE));
    }
}
