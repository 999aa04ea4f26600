package io.github.espalier.worktree;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** A real repository in a folder of a test's own, driven by the real git program. */
public final class TestRepository {
    private final Path directory;

    private TestRepository(Path directory) {
        this.directory = directory;
    }

    /** A new repository on branch {@code main} without a commit. */
    public static TestRepository init(Path directory, String... options) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        TestRepository repository = new TestRepository(directory);
        List<String> init = new ArrayList<>(List.of("init", "-q", "-b", "main"));
        init.addAll(Arrays.asList(options));
        repository.git(init.toArray(String[]::new));
        repository.configureUser();
        return repository;
    }

    private void configureUser() {
        try {
            Path config = Files.isDirectory(directory.resolve(".git"))
                    ? directory.resolve(".git/config")
                    : Path.of(git("rev-parse", "--absolute-git-dir"), "config");
            Files.writeString(
                    config, "[user]\n\tname = Test User\n\temail = test@example.org\n", StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A new repository on branch {@code main} with one commit that holds {@code README.md}. */
    public static TestRepository create(Path directory) {
        return create(directory, "one commit", repository -> {});
    }

    /**
     * A new repository on branch {@code main} that begins with the commit that holds {@code README.md}.
     *
     * @param name names what comes behind that commit, in this JVM
     * @param more what comes behind it; called for the first repository of that name only
     */
    public static TestRepository create(Path directory, String name, Consumer<TestRepository> more) {
        return RepositoryTemplate.of(name, repository -> {
                    repository.write("README.md", "# Test\n").commit("first");
                    more.accept(repository);
                })
                .writeTo(directory);
    }

    /** A handle on a folder that is a checkout or repository already. */
    public static TestRepository at(Path directory) {
        return new TestRepository(directory);
    }

    public Path directory() {
        return directory;
    }

    public GitRepository open() {
        return GitRepository.open(directory);
    }

    public TestRepository write(String path, String text) {
        try {
            Path file = directory.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String read(String path) {
        try {
            return Files.readString(directory.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds everything and commits; returns the commit's id. */
    public String commit(String message) {
        git("add", "-A");
        git("commit", "-q", "--allow-empty", "--no-verify", "-m", message);
        return head();
    }

    /** The commit that is checked out; read from git's files where it stands there, as it is asked for all the time. */
    public String head() {
        try {
            Path gitDirectory = directory.resolve(".git");
            String head = Files.readString(gitDirectory.resolve("HEAD")).strip();
            Path ref = gitDirectory.resolve(head.substring(head.indexOf(' ') + 1));
            return Files.readString(ref).strip();
        } catch (IOException e) { // in a linked worktree, detached or packed
            return git("rev-parse", "HEAD");
        }
    }

    /** The full name of the branch that is checked out; {@code HEAD} if it is detached. */
    public String branch() {
        try {
            String head = Files.readString(directory.resolve(".git/HEAD")).strip();
            return head.startsWith("ref: ") ? head.substring(5) : "HEAD";
        } catch (IOException e) { // in a linked worktree
            return git("rev-parse", "--symbolic-full-name", "HEAD");
        }
    }

    /** The stash as its log tells it; empty if nothing is stashed. */
    public String stash() {
        if (!Files.isDirectory(directory.resolve(".git"))) {
            return git("stash", "list");
        }
        try {
            Path log = directory.resolve(".git/logs/refs/stash");
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String resolve(String revision) {
        return git("rev-parse", "--verify", revision);
    }

    /** Runs git here, as a user would; returns its output without the last line break. */
    public String git(String... arguments) {
        List<String> argv = new ArrayList<>(List.of("git"));
        argv.addAll(Arrays.asList(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(argv).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int exitCode = process.waitFor();
            if (exitCode != 0) {
                throw new AssertionError(String.join(" ", argv) + " ended with " + exitCode + ": " + output);
            }
            return output.stripTrailing();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
