package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.WorktreeEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Reads the list of worktrees from git's own files, as gitrepository-layout(5) describes them, with what {@code git worktree
 * list} says of each. It takes a tenth of the time of a git process. If one of them is not plain, git is asked for all.
 */
final class WorktreeRegistry {
    private static final String GIT = ".git";

    private final GitRepository repository;

    WorktreeRegistry(GitRepository repository) {
        this.repository = repository;
    }

    /**
     * Lists.
     *
     * @return the main worktree first, the linked ones by their paths; empty: git has to be asked
     */
    Optional<List<WorktreeEntry>> read() {
        try {
            List<WorktreeEntry> entries = new ArrayList<>();
            entries.add(main());
            List<WorktreeEntry> linked = linked();
            linked.sort(Comparator.comparing(entry -> entry.directory().toString()));
            entries.addAll(linked);
            return Optional.of(List.copyOf(entries));
        } catch (IOException | UnclearException e) {
            return Optional.empty();
        }
    }

    /** Where it is not known whether there is one, git is asked. */
    private WorktreeEntry main() throws UnclearException {
        if (repository.mainWorktree().isEmpty()) {
            throw new UnclearException();
        }
        Path common = repository.commonDirectory();
        Path directory = common.endsWith(GIT) && common.getParent() != null ? common.getParent() : common;
        return entry(directory, common, Optional.empty());
    }

    private List<WorktreeEntry> linked() throws IOException, UnclearException {
        List<WorktreeEntry> entries = new ArrayList<>();
        try (DirectoryStream<Path> registrations =
                Files.newDirectoryStream(repository.commonDirectory().resolve("worktrees"))) {
            for (Path registration : registrations) {
                Optional<Path> link = link(registration);
                if (link.isPresent()) {
                    entries.add(entry(directory(link.get()), registration, missing(registration, link.get())));
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return entries; // there never was one
        }
        return entries;
    }

    /** The worktree's file that points back; git passes over a registration that names none. */
    private static Optional<Path> link(Path registration) throws IOException, UnclearException {
        Path file = registration.resolve("gitdir");
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        String text = Files.readString(file, StandardCharsets.UTF_8).stripTrailing();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (!Files.exists(registration.resolve("commondir")) || !Path.of(text).isAbsolute()) {
            throw new UnclearException(); // half made, or of a later git
        }
        return Optional.of(Path.of(text));
    }

    private static Path directory(Path link) {
        Path parent = link.getParent();
        return link.endsWith(GIT) && parent != null ? parent : link;
    }

    private static Optional<String> missing(Path registration, Path link) {
        boolean locked = Files.exists(registration.resolve("locked"), LinkOption.NOFOLLOW_LINKS);
        return locked || Files.exists(link, LinkOption.NOFOLLOW_LINKS)
                ? Optional.empty()
                : Optional.of("gitdir file points to non-existent location");
    }

    private WorktreeEntry entry(Path directory, Path gitDirectory, Optional<String> missing) throws UnclearException {
        HeadFile.Content head = HeadFile.read(gitDirectory).orElseThrow(UnclearException::new);
        if (head instanceof HeadFile.Content.On on) {
            Optional<String> branch = Optional.of(on.ref().replaceFirst("^refs/heads/", ""));
            return new WorktreeEntry(directory, tip(on.ref()), branch, false, missing);
        }
        String id = ((HeadFile.Content.Detached) head).id();
        return new WorktreeEntry(directory, Optional.of(id), Optional.empty(), false, missing);
    }

    private Optional<String> tip(String ref) throws UnclearException {
        if (!ref.startsWith("refs/heads/")) {
            throw new UnclearException(); // it may be one that each worktree has for itself
        }
        RefFiles.Found found = RefFiles.read(repository.commonDirectory(), ref);
        if (found instanceof RefFiles.Found.Unclear) {
            throw new UnclearException();
        }
        return found instanceof RefFiles.Found.Id id ? Optional.of(id.id()) : Optional.empty();
    }

    /** Git has to be asked. */
    private static final class UnclearException extends Exception {
        private static final long serialVersionUID = 1;
    }
}
