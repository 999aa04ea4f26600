package io.github.espalier.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.espalier.worktree.TestRepository;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * A user at a command line, in a folder with a repository that has {@code main} checked out, and {@code roadmap} at the same
 * commit. Every command must leave the checkout as it was, unless said otherwise.
 */
final class CliHost {
    static final String TARGET = "roadmap";

    private final Path folder;
    private final TestRepository repository;

    private CliHost(Path folder) {
        this.folder = folder;
        repository = TestRepository.create(folder.resolve("project"));
        repository.write("src/App.java", "class App {}\n").write("src/Lib.java", "class Lib {}\n");
        repository.commit("Add sources");
        repository.git("branch", TARGET);
        repository.write("notes.txt", "not committed\n").write("README.md", "# Edited\n");
    }

    static CliHost in(Path folder) {
        return new CliHost(folder);
    }

    /**
     * What a command came to.
     *
     * @param exitCode its exit code
     * @param out what it printed on standard output
     * @param err what it printed on standard error
     */
    record Outcome(int exitCode, String out, String err) {
        /** That it was refused: nothing but one line on standard error, which is returned. */
        String misuse() {
            assertThat(this).satisfies(outcome -> {
                assertThat(outcome.exitCode).isEqualTo(2);
                assertThat(outcome.out).isEmpty();
                assertThat(outcome.err.lines()).hasSize(1);
                assertThat(outcome.err).startsWith("espalier: ").endsWith(System.lineSeparator());
            });
            return err.strip().substring("espalier: ".length());
        }

        /** That it ended so, with nothing on standard error. */
        Outcome ended(int code) {
            assertThat(this).isEqualTo(new Outcome(code, out, ""));
            return this;
        }

        /** What it printed, as JSON. */
        JsonNode json() {
            return CliHost.json(out);
        }
    }

    TestRepository repository() {
        return repository;
    }

    String project() {
        return repository.directory().toString();
    }

    Path folder() {
        return folder;
    }

    /** A file beside the repository; returns its absolute path. */
    String file(String name, String text) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What merges need while they are under way, in the repository's state directory. */
    List<Path> roomsOfMerges() {
        Path state = repository.directory().resolve(".git/espalier");
        if (!Files.isDirectory(state)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(state)) {
            return files.filter(file -> file.getFileName().toString().startsWith("merge-"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A bare clone beside the repository. */
    Path bareClone(String name) {
        Path bare = folder.resolve(name);
        repository.git("clone", "--quiet", "--bare", project(), bare.toString());
        return bare;
    }

    /** A command that runs a script; the script's {@code $1} is the task. */
    String agent(String script) {
        return "sh " + Words.quote(file("agent.sh", script)) + " {task}";
    }

    /** A commit on a branch, which begins at {@code main} if it is new, made where no checkout stays. */
    void branch(String name, String path, String text) {
        Path room = folder.resolve("room");
        boolean there = !repository.git("branch", "--list", name).isEmpty();
        if (there) {
            repository.git("worktree", "add", "-q", room.toString(), name);
        } else {
            repository.git("worktree", "add", "-q", "-b", name, room.toString(), "main");
        }
        TestRepository.at(room).write(path, text).commit("Write " + path + " on " + name);
        repository.git("worktree", "remove", room.toString());
    }

    /** Runs a command on this repository, and sees that the checkout is as it was. */
    Outcome here(String command, String... more) {
        return espalier(followed(List.of(command, "--repo", project()), more));
    }

    /** Lands branches on the target. */
    Outcome land(String... more) {
        return here("land", followed(List.of("--target", TARGET), more));
    }

    /** Runs a command, and sees that the checkout is as it was. */
    Outcome espalier(String... arguments) {
        Checkout before = Checkout.of(repository.directory());
        Outcome outcome = elsewhere(arguments);
        assertThat(Checkout.of(repository.directory())).isEqualTo(before);
        return outcome;
    }

    /** That commands leave every ref as it is, and no run behind. */
    void assertMovesNothing(Runnable commands) {
        String refs = repository.git("for-each-ref");
        commands.run();
        assertThat(repository.git("for-each-ref")).isEqualTo(refs);
        // A merge has a room there, which the same JVM keeps for the next merge, and a lock to make it; nothing else.
        assertThat(repository.directory().resolve(".git/espalier/runs")).doesNotExist();
    }

    /** Runs a command that may carry the checkout along. */
    static Outcome elsewhere(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine commandLine =
                Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return new Outcome(commandLine.execute(arguments), out.toString(), err.toString());
    }

    /** The arguments of a run on this repository that no load of the machine delays. */
    String[] runArguments(String... more) {
        return followed(
                List.of(
                        "run",
                        "--repo",
                        project(),
                        "--target",
                        TARGET,
                        "--cpu",
                        "100",
                        "--memory",
                        "100",
                        "--disk",
                        "1"),
                more);
    }

    Outcome run(String... more) {
        return espalier(runArguments(more));
    }

    /** Runs with {@code --report} and returns the report. */
    JsonNode report(int exitCode, String... more) {
        Path file = folder.resolve("report.json");
        run(followed(List.of("--report", file.toString()), more)).ended(exitCode);
        return json(file);
    }

    /** Some arguments, and more. */
    static String[] followed(List<String> arguments, String... more) {
        return Stream.concat(arguments.stream(), Stream.of(more)).toArray(String[]::new);
    }

    static JsonNode json(Path file) {
        try {
            return json(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file at the target's tip. */
    String onTarget(String path) {
        return repository.git("show", TARGET + ":" + path);
    }
}
