package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.Refs;
import io.github.espalier.worktree.Worktree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether all that a new ref brought is there: until the ref was, {@code git gc --prune=now} could take it. */
public final class Connectivity {
    private static final Logger log = LoggerFactory.getLogger(Connectivity.class);
    private static final Pattern GC = Pattern.compile("^(\\d{1,9}) \\S");
    private static final int GC_SECONDS = 60;

    private Connectivity() {}

    /** Looks at every object of a commit that no branch and not the worktree's base has. */
    static boolean isComplete(GitRepository repository, String commit, Worktree worktree) throws IOException {
        List<String> known = new ArrayList<>(List.of("--branches"));
        Refs.of(repository).commit(worktree.base()).ifPresent(known::add);
        return isComplete(repository.commonDirectory(), List.of(commit), known);
    }

    /** Looks at every object of some commits that others have not. */
    public static boolean isComplete(Path commonDirectory, List<String> commits, List<String> known)
            throws IOException {
        awaitGarbageCollection(commonDirectory);
        return isLoose(commonDirectory, commits, known) || isCompleteByGit(commonDirectory, commits, known);
    }

    /**
     * Whether each object that they bring has a file of its own, as nearly all have that were just made. What JGit read
     * before may be gone by now, and is looked for anew; of what is in a pack only git tells.
     */
    private static boolean isLoose(Path commonDirectory, List<String> commits, List<String> known) {
        Path objects = commonDirectory.resolve("objects");
        return LocalObjects.brought(commonDirectory, commits, known)
                .map(brought -> brought.stream().allMatch(id -> Files.isRegularFile(LooseObject.file(objects, id))))
                .orElse(false);
    }

    private static boolean isCompleteByGit(Path commonDirectory, List<String> commits, List<String> known)
            throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("rev-list", "--objects", "--quiet", "--missing=allow-promisor"));
        arguments.addAll(commits);
        // From here on: one branch that is broken must not hinder work on the others.
        arguments.addAll(List.of("--ignore-missing", "--not"));
        arguments.addAll(known);
        GitResult result = Git.of(commonDirectory)
                .offline()
                .command(arguments)
                .environment("GIT_NO_REPLACE_OBJECTS", "1")
                .accept(1, 128)
                .run();
        if (result.exitCode() != 0) {
            log.atWarn()
                    .addKeyValue("commits", commits)
                    .addKeyValue("git", result.error().strip())
                    .log("Objects are missing");
        }
        return result.exitCode() == 0;
    }

    /**
     * Waits for one that began before the ref was made, and goes on deleting what it took for garbage then.
     *
     * @return false: it goes on
     */
    static boolean awaitGarbageCollection(Path commonDirectory) throws IOException {
        Optional<ProcessHandle> gc = garbageCollection(commonDirectory);
        return gc.isEmpty() || await(gc.get());
    }

    /** Whether one is under way. */
    static boolean isCollectingGarbage(Path commonDirectory) throws IOException {
        return garbageCollection(commonDirectory).isPresent();
    }

    private static Optional<ProcessHandle> garbageCollection(Path commonDirectory) throws IOException {
        Path file = commonDirectory.resolve("gc.pid");
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        String text;
        try {
            text = Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        Matcher content = GC.matcher(text);
        return content.find()
                ? ProcessHandle.of(Long.parseLong(content.group(1))).filter(Connectivity::isGit)
                : Optional.empty();
    }

    private static boolean isGit(ProcessHandle process) {
        return process.info()
                .command()
                .map(command -> command.endsWith("git") || command.endsWith("git.exe"))
                .orElse(false);
    }

    private static boolean await(ProcessHandle gc) {
        try {
            gc.onExit().get(GC_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException | ExecutionException | CancellationException e) {
            log.atInfo().addKeyValue("pid", gc.pid()).log("Not waiting longer for git gc");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }
}
