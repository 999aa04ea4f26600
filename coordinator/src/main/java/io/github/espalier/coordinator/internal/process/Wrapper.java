package io.github.espalier.coordinator.internal.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What stands around a program: a shell that records its exit code, and what keeps all together that it starts. */
enum Wrapper {
    /** A PID namespace; the process that we see stands outside of it and dies with it. */
    PID_NAMESPACE("unshare --pid --fork --kill-child=KILL --mount-proc"),
    /** The same for a user without privileges; programs that gain them by setuid do not work in it. */
    USER_AND_PID_NAMESPACE("unshare --user --map-current-user --pid --fork --kill-child=KILL --mount-proc"),
    /** A sandbox, which the command itself makes: it dies with the shell. */
    SANDBOX(""),
    /** The same where the shell dies with the thread that started it, and so with the host. */
    SANDBOX_ENDING_WITH_HOST("setpriv --pdeathsig KILL"),
    /** Only the shell. */
    SHELL(""),
    /** Nothing: a machine without a shell. */
    NONE("");

    /**
     * Outlives a TERM, which all of the tree gets, so that it can tell how the program took it. Never sees a word of the
     * user's as code: program and arguments are parameters.
     */
    private static final String RECORD_EXIT_CODE = "trap : TERM INT HUP; file=$1; shift; \"$@\"; code=$?;"
            + " printf %s \"$code\" > \"$file\"; exit \"$code\"";

    /** The words around the program. */
    private final String prefix;

    Wrapper(String prefix) {
        this.prefix = prefix;
    }

    /**
     * Whether nothing of it lives any more once the process that we see has ended by itself: {@code unshare} ends after the
     * first process of the namespace, and that one only after all others in it (pid_namespaces(7)).
     */
    boolean endsLast() {
        return this == PID_NAMESPACE || this == USER_AND_PID_NAMESPACE;
    }

    boolean isNamespace() {
        return this != SHELL && this != NONE;
    }

    List<String> wrap(List<String> argv, Path exitFile) {
        if (this == NONE) {
            return argv;
        }
        List<String> wrapped = words();
        wrapped.addAll(List.of("sh", "-c", RECORD_EXIT_CODE, "espalier", exitFile.toString()));
        wrapped.addAll(argv);
        return wrapped;
    }

    /** The words before the shell. */
    List<String> words() {
        return new ArrayList<>(prefix.isEmpty() ? List.of() : List.of(prefix.split(" ", -1)));
    }

    /** The namespace that works on this machine. */
    static Optional<Wrapper> namespace() {
        return Probed.NAMESPACE;
    }

    static Wrapper plain() {
        return File.separatorChar == '/' ? SHELL : NONE;
    }

    /** Tried once, when it is first asked for: a few milliseconds. */
    private static final class Probed {
        static final Optional<Wrapper> NAMESPACE = List.of(PID_NAMESPACE, USER_AND_PID_NAMESPACE).stream()
                .filter(Probed::works)
                .findFirst();

        private static boolean works(Wrapper wrapper) {
            if (File.separatorChar != '/') {
                return false;
            }
            List<String> argv = wrapper.words();
            argv.addAll(List.of("sh", "-c", "test $$ -eq 1 && test -r /proc/1/stat"));
            try {
                Process process = new ProcessBuilder(argv)
                        .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
                boolean ended = process.waitFor(5, TimeUnit.SECONDS);
                process.destroyForcibly();
                return ended && process.exitValue() == 0;
            } catch (IOException e) {
                return false; // no such program: the machine does not offer it
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }
}
