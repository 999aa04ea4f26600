package io.github.espalier.coordinator.faults;

import io.github.espalier.coordinator.Coordinator;
import io.github.espalier.coordinator.CoordinatorException;
import io.github.espalier.worktree.WorktreeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A host program in a JVM of its own that runs a scenario, or recovers it, and is killed meanwhile. */
final class FaultHost {
    /** How a host ended. */
    enum Ending {
        /** All went well. */
        WELL(0),
        /** With an error that the library declares. */
        TYPED_ERROR(3),
        /** To its end, but not every task landed. */
        IN_PART(5),
        /** It was killed. */
        KILLED(128 + 9);

        private final int exit;

        Ending(int exit) {
            this.exit = exit;
        }

        static Ending of(int exit) {
            return Arrays.stream(values())
                    .filter(ending -> ending.exit == exit)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("the host ended with " + exit + ": host.log tells why"));
        }
    }

    private FaultHost() {}

    /** Arguments: scenario, folder, {@code run} or {@code recover}, and the journal's line to be killed at; 0: none. */
    public static void main(String[] arguments) throws IOException {
        endWithParent();
        Scenario scenario = Scenario.valueOf(arguments[0]);
        Path folder = Path.of(arguments[1]);
        JournalClock clock = new JournalClock(Integer.parseInt(arguments[3]));
        boolean all = true;
        try {
            Coordinator coordinator = scenario.builder(folder).clock(clock).build();
            if (arguments[2].equals("run")) {
                all = scenario.run(coordinator, folder);
            } else {
                coordinator.recover();
            }
        } catch (CoordinatorException | WorktreeException e) {
            e.printStackTrace(System.out);
            System.exit(Ending.TYPED_ERROR.exit);
        }
        if (Files.isWritable(folder.resolve("lines"))) { // prepared where somebody will read it
            Files.writeString(folder.resolve("lines"), String.valueOf(clock.lines));
        }
        System.exit(all ? Ending.WELL.exit : Ending.IN_PART.exit);
    }

    /** Standard input ends when the harness does; nobody would end this process then. */
    private static void endWithParent() {
        Thread watch = new Thread(() -> {
            try {
                while (System.in.read() >= 0) {
                    Thread.onSpinWait();
                }
            } catch (IOException e) {
                // ended too
            }
            Runtime.getRuntime().halt(1);
        });
        watch.setDaemon(true);
        watch.start();
    }

    /**
     * Starts one, and lets a fault befall it.
     *
     * @throws AssertionError if it ended in a way that a host must not
     */
    static Ending befallen(Scenario scenario, Path folder, String action, Fault fault, GitWrapper git)
            throws IOException, InterruptedException {
        List<String> argv = new ArrayList<>();
        if (fault.kind() == Fault.Kind.DENIED_BEFORE_GIT) {
            argv.addAll(DeniedPlace.obeying());
        }
        argv.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Djdk.lang.Process.launchMechanism=VFORK", // spares each process that it starts the JDK's helper
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                System.getProperty("java.class.path"),
                FaultHost.class.getName(),
                scenario.name(),
                folder.toString(),
                action,
                String.valueOf(fault.kind().atJournal() ? fault.step() : 0)));
        ProcessBuilder builder = new ProcessBuilder(argv)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("host.log").toFile()));
        builder.environment().putAll(git.environment(folder, fault));
        if (fault.kind() != Fault.Kind.FULL_DISK) {
            Files.writeString(folder.resolve("calls"), "0\n");
        }
        return ending(builder.start(), fault);
    }

    private static Ending ending(Process process, Fault fault) throws IOException, InterruptedException {
        if (fault.kind() == Fault.Kind.HOST_AT_INSTANT) {
            if (!process.waitFor(fault.step(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        }
        if (!process.waitFor(90, TimeUnit.SECONDS)) {
            new ProcessBuilder("kill", "-QUIT", String.valueOf(process.pid()))
                    .start()
                    .waitFor();
            process.waitFor(1, TimeUnit.SECONDS);
            process.destroyForcibly().waitFor();
            throw new AssertionError("the host did not end: host.log tells what its threads did");
        }
        Ending ending = Ending.of(process.exitValue());
        if (ending == Ending.KILLED && fault.kind().sparesHost()) {
            throw new AssertionError("the host was killed by somebody else");
        }
        if (ending == Ending.TYPED_ERROR && !fault.kind().hinders()) {
            throw new AssertionError("the host, which nothing hindered, ended with an error: host.log tells which");
        }
        return ending;
    }

    /** Counts the lines of the journal, which asks for the time before each, and ends this JVM at one of them. */
    private static final class JournalClock extends Clock {
        private final int last;
        private final AtomicInteger lines = new AtomicInteger();

        JournalClock(int last) {
            this.last = last;
        }

        @Override
        public Instant instant() {
            boolean line = StackWalker.getInstance()
                    .walk(frames -> frames.limit(4)
                            .anyMatch(frame -> frame.getClassName().endsWith(".internal.Journal")));
            if (line && lines.incrementAndGet() == last) {
                killSelf();
            }
            return Instant.now();
        }

        private static void killSelf() {
            try {
                new ProcessBuilder("sh", "-c", "kill -9 $PPID").start().waitFor();
            } catch (IOException | InterruptedException e) {
                Runtime.getRuntime().halt(Ending.KILLED.exit);
            }
            while (true) {
                LockSupport.park();
            }
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
