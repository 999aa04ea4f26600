package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.CheckoutSnapshot;
import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.TrustedConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A snapshot by {@code git status}.
 *
 * @param head what is checked out
 * @param entries path → what git says of it and what lies there
 */
public record CheckoutState(String head, Map<String, String> entries) implements CheckoutSnapshot {
    private static final Duration TIME_LIMIT = Duration.ofMinutes(1);
    private static final long MOST_BYTES = 64L << 20;

    /** Fields before the path of a changed and of an unmerged entry. */
    private static final Map<Character, Integer> FIELDS = Map.of('1', 8, 'u', 10, '?', 1);

    public static Optional<CheckoutSnapshot> of(
            GitRepository repository, TrustedConfiguration configuration, String target) {
        return repository
                .mainWorktree()
                .filter(root -> configuration.isKnown())
                .map(root -> read(repository, root, configuration, target));
    }

    private static CheckoutSnapshot read(
            GitRepository repository, Path root, TrustedConfiguration configuration, String target) {
        List<String> lines = Git.in(repository.commonDirectory(), root)
                .trusting(configuration)
                .command(
                        "status",
                        "--porcelain=v2",
                        "--branch",
                        "-z",
                        "--no-renames",
                        "--no-ahead-behind",
                        "--untracked-files=all",
                        "--ignore-submodules=dirty")
                .timeLimit(TIME_LIMIT)
                .run()
                .nulSeparated();
        Map<String, String> entries = new TreeMap<>();
        long budget = MOST_BYTES;
        for (String line : lines) {
            Optional<String> path = path(line);
            if (path.isPresent()) {
                Optional<Path> file = file(root, path.get());
                Optional<FileState> state = Optional.empty();
                if (file.isPresent()) {
                    long size = size(file.get());
                    state = FileState.of(file.get(), size <= budget ? size : -1);
                    budget -= Math.min(size, budget);
                }
                entries.put(
                        path.get(), line.substring(0, line.length() - path.get().length()) + state);
            }
        }
        return new CheckoutState(head(lines, target), entries);
    }

    private static String head(List<String> lines, String target) {
        boolean follows = lines.contains("# branch.head " + target);
        return lines.stream()
                .filter(line -> line.startsWith("# branch.head ") || (line.startsWith("# branch.oid ") && !follows))
                .toList()
                .toString();
    }

    /** The path of an entry; a nested repository, such as a worktree of ours, has a slash at its end and is left out. */
    private static Optional<String> path(String line) {
        Integer fields = line.isEmpty() ? null : FIELDS.get(line.charAt(0));
        if (fields == null || line.endsWith("/")) {
            return Optional.empty();
        }
        return Optional.of(line.split(" ", fields + 1)[fields]);
    }

    private static Optional<Path> file(Path root, String path) {
        try {
            return Optional.of(root.resolve(path));
        } catch (InvalidPathException e) {
            return Optional.empty(); // a name that Java cannot give: what git says of it must do
        }
    }

    private static long size(Path file) {
        try {
            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? Files.size(file) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    @Override
    public List<String> differencesSince(CheckoutSnapshot earlier) {
        CheckoutState before = (CheckoutState) earlier;
        TreeSet<String> paths = new TreeSet<>(entries.keySet());
        paths.addAll(before.entries.keySet());
        paths.removeIf(path -> Objects.equals(entries.get(path), before.entries.get(path)));
        List<String> differences = new ArrayList<>();
        if (!head.equals(before.head)) {
            differences.add("HEAD");
        }
        differences.addAll(paths);
        return List.copyOf(differences);
    }
}
