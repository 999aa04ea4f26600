package io.github.espalier.coordinator.faults;

import io.github.espalier.coordinator.Coordinator;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A run with a fault, its recovery, perhaps with another one, a last recovery in peace, and the invariant.
 *
 * @param scenario what runs
 * @param fault what befalls the run
 * @param second what befalls the recovery
 * @param user whether a user goes on working in the repository until the last recovery
 */
record Trial(Scenario scenario, Fault fault, Optional<Fault> second, boolean user) {
    Trial(Scenario scenario, Fault fault, Optional<Fault> second) {
        this(scenario, fault, second, false);
    }

    /** To be tried where a run ended before its step; not every line of a journal is synchronised by itself. */
    Trial again() {
        boolean earlier = fault.kind() == Fault.Kind.FAILING_SYNC;
        return earlier ? new Trial(scenario, Fault.of(fault.kind(), fault.step() / 2, 0), second, user) : this;
    }

    /**
     * What came of it.
     *
     * @param hosts how many hosts were killed
     * @param gits how many git programs were, without their host
     * @param calls how often an undisturbed run called git
     * @param lines how many lines its journal had
     * @param met whether the first fault did befall the run
     * @param collections how often a second user's collection of garbage came to its end
     * @param violations what does not hold, in words
     */
    record Result(int hosts, int gits, int calls, int lines, boolean met, int collections, List<String> violations) {
        int kills() {
            return hosts + gits;
        }
    }

    /**
     * Runs it in a new folder, which is deleted unless something does not hold.
     *
     * @param template a folder that the scenario was prepared in
     */
    Result run(Path template, Path folder, GitWrapper git) throws IOException, InterruptedException {
        execute("cp", "-a", template.toString(), folder.toString());
        scenario.complete(folder);
        Snapshot before = Snapshot.of(scenario, folder);
        List<String> violations = new ArrayList<>();
        int hosts = 0;
        int lines = 0;
        int calls = 0;
        boolean met = false;
        Closeable turns = GitWrapper.counting(folder);
        try (turns) {
            Closeable other = user ? SecondUser.in(folder) : () -> {};
            try (other) {
                if (fault.kind() == Fault.Kind.NONE) {
                    Files.createFile(folder.resolve("lines"));
                }
                hosts += befall("run", fault, folder, git);
                met = hosts > 0 || count(folder.resolve("hits"), fault.kind().name()) > 0;
                if (fault.kind() == Fault.Kind.NONE) {
                    calls = number(folder.resolve("calls"));
                    lines = number(folder.resolve("lines"));
                }
                if (second.isPresent()) {
                    hosts += befall("recover", second.get(), folder, git);
                }
            }
            violations.addAll(recovered(folder));
            violations.addAll(Invariant.violations(scenario, folder, before));
            if (!isHindered() && Invariant.state(folder).toString().contains("refs/heads/espalier/")) {
                violations.add("the worktree or branch of a verification or of a resolution is left");
            }
        } catch (RuntimeException | AssertionError e) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            violations.add("failed: " + trace);
        }
        Result result = new Result(
                hosts,
                count(folder.resolve("hits"), "GIT_"),
                calls,
                lines,
                met,
                count(folder.resolve("collections"), ""),
                violations);
        if (violations.isEmpty()) {
            execute("rm", "-rf", folder.toString());
        } else {
            Files.writeString(folder.resolve("violations"), this + "\n" + String.join("\n", violations) + "\n");
        }
        return result;
    }

    /** Recovers, and does so again; returns what does not hold then. */
    private List<String> recovered(Path folder) throws IOException {
        Coordinator coordinator = scenario.builder(folder).build();
        coordinator.recover();
        Map<String, String> state = Invariant.state(folder);
        boolean more =
                !coordinator.recover().isEmpty() || !coordinator.recoveryPlan().isEmpty();
        Map<String, String> again = Invariant.state(folder);
        List<String> violations = new ArrayList<>();
        if (more || !again.equals(state)) {
            violations.add("a second recovery changed " + state + "\nto " + again);
        }
        return violations;
    }

    private int befall(String action, Fault what, Path folder, GitWrapper git)
            throws IOException, InterruptedException {
        FaultHost.Ending ending = FaultHost.befallen(scenario, folder, action, what, git);
        boolean killed = ending == FaultHost.Ending.KILLED;
        if (what.kind() == Fault.Kind.NONE && scenario.landsAll() && ending != FaultHost.Ending.WELL) {
            throw new AssertionError("nothing befell the host, and it ended " + ending);
        }
        if (what.kind() == Fault.Kind.DENIED_BEFORE_GIT) {
            // git takes an empty folder away, so there may be nothing to give back
            MountedDisk.execute(
                    "chmod",
                    "-R",
                    "u+w",
                    folder.resolve(DeniedPlace.path(what.delay())).toString());
        }
        if (killed && what.kind() == Fault.Kind.HOST_IN_JOURNAL_LINE) {
            tear(folder);
        }
        return killed ? 1 : 0;
    }

    /** Half a line is what a host leaves that is killed while it writes. */
    private static void tear(Path folder) throws IOException {
        Path runs = Scenario.repository(folder).resolve(".git/espalier/runs");
        try (Stream<Path> files = Files.walk(runs)) {
            for (Path journal :
                    files.filter(file -> file.endsWith("journal.jsonl")).toList()) {
                Files.writeString(journal, "{\"seq\":", StandardOpenOption.APPEND);
            }
        }
    }

    /** A host that lives tells of what it could not clean up, and leaves it to the user. */
    private boolean isHindered() {
        return fault.kind().hinders() || second.map(it -> it.kind().hinders()).orElse(false);
    }

    private static int number(Path file) throws IOException {
        return Integer.parseInt(Files.readString(file).strip());
    }

    /** How many lines begin so. */
    private static int count(Path file, String beginning) throws IOException {
        if (!Files.exists(file)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(file)) {
            return (int) lines.filter(line -> line.startsWith(beginning)).count();
        }
    }

    private static void execute(String... argv) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(argv)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", argv) + " failed");
        }
    }

    @Override
    public String toString() {
        return scenario + ": "
                + Stream.concat(Stream.of(fault), second.stream())
                        .map(Fault::toString)
                        .collect(Collectors.joining(", then "))
                + (user ? ", beside a second user" : "");
    }
}
