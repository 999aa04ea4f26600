package io.github.espalier.coordinator.faults;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A program named git that stands first on a host's path, counts the host's calls and kills at one of them; and what else a
 * host's environment needs so that a fault befalls it.
 */
final class GitWrapper {
    private static final String SCRIPT = """
            #!/bin/sh
            git=$FAULT_REAL_GIT
            test -n "$ESPALIER_HOST" || exec "$git" "$@"
            # The pipe holds one line break: who has read it may count. No other program is started for it.
            exec 9<> "$FAULT_FOLDER/turn"
            read -r turn <&9
            read -r n < "$FAULT_FOLDER/calls"
            n=$((n + 1))
            echo "$n" > "$FAULT_FOLDER/calls"
            echo >&9
            exec 9>&-
            test "$FAULT_EVERY" = 0 || n=$((n % FAULT_EVERY))
            test "$n" = "$FAULT_STEP" || exec "$git" "$@"
            test "$FAULT_KIND" = USER_BEFORE_GIT ||
                (printf '%s ' "$FAULT_KIND" "$@" | tr '\\n' ' '; echo) >> "$FAULT_FOLDER/hits"
            killHost() { test "$PPID" = "${ESPALIER_HOST%%-*}" && kill -9 "$PPID"; }
            users() { env -i PATH="$PATH" "$git" --git-dir="$FAULT_FOLDER/project/.git" "$@"; }
            # One user at a time: what users lose to one another is not ours to keep, nor what an agent's own git loses.
            user() {
                (
                    flock -w 9 -x 7 || exit
                    users update-ref refs/heads/other "$(users commit-tree -p other -m meanwhile 'other^{tree}')"
                    users fetch -q "$FAULT_FOLDER/project/.git" main:refs/remotes/users/main
                    users worktree prune
                    flock -w 9 -x 8 && users gc -q --prune=now && echo USER_BEFORE_GIT >> "$FAULT_FOLDER/hits"
                ) 7> "$FAULT_FOLDER/users" 8> "$FAULT_FOLDER/agents"
            }
            case $FAULT_KIND in
            HOST_BEFORE_GIT) killHost; exit 1 ;;
            HOST_DURING_GIT) "$git" "$@" <&0 & sleep "$FAULT_DELAY"; killHost; wait ;;
            HOST_AFTER_GIT) "$git" "$@"; killHost ;;
            BOTH_DURING_GIT) "$git" "$@" <&0 & sleep "$FAULT_DELAY"; killHost; kill -9 $!; kill -9 $$ ;;
            GIT_BEFORE) kill -9 $$ ;;
            GIT_DURING) "$git" "$@" <&0 & sleep "$FAULT_DELAY"; kill -9 $!; kill -9 $$ ;;
            GIT_AFTER) "$git" "$@"; kill -9 $$ ;;
            DENIED_BEFORE_GIT) chmod -R a-w "$FAULT_FOLDER/$FAULT_DENIED" 2> /dev/null; exec "$git" "$@" ;;
            USER_BEFORE_GIT) user < /dev/null > /dev/null 2>&1; exec "$git" "$@" ;;
            *) exec "$git" "$@" ;;
            esac
            """;

    private final Path directory;
    private final Optional<FailingSync> sync;

    private GitWrapper(Path directory, Optional<FailingSync> sync) {
        this.directory = directory;
        this.sync = sync;
    }

    /** Writes it into a folder of its own. */
    static GitWrapper in(Path directory) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        Path script = Files.writeString(directory.resolve("git"), SCRIPT);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new GitWrapper(directory, FailingSync.in(directory));
    }

    /** Whether this machine can do that to a host. */
    boolean offers(Fault.Kind kind) {
        return kind != Fault.Kind.FAILING_SYNC || sync.isPresent();
    }

    /** Makes what the hosts of a trial take turns by at counting; whoever is returned keeps it usable. */
    static Closeable counting(Path folder) throws IOException, InterruptedException {
        Path turn = folder.resolve("turn");
        new ProcessBuilder("mkfifo", turn.toString()).start().waitFor();
        RandomAccessFile pipe = new RandomAccessFile(turn.toFile(), "rw");
        pipe.write('\n');
        return pipe;
    }

    /** What a host's environment needs for a fault. */
    Map<String, String> environment(Path folder, Fault fault) {
        String path = System.getenv("PATH");
        String git = Stream.of(path.split(":", -1))
                .map(place -> Path.of(place, "git"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow()
                .toString();
        boolean counts = fault.kind().atGit() || fault.kind() == Fault.Kind.NONE;
        Map<String, String> variables = new HashMap<>(Map.of(
                "PATH", counts ? directory + ":" + path : path,
                "FAULT_REAL_GIT", git,
                "FAULT_FOLDER", folder.toString(),
                "FAULT_KIND", fault.kind().name(),
                "FAULT_STEP", String.valueOf(fault.every() > 0 ? fault.step() % fault.every() : fault.step()),
                "FAULT_EVERY", String.valueOf(fault.every()),
                "FAULT_DELAY", String.format("%.3f", fault.delay() / 1000.0),
                "FAULT_DENIED", DeniedPlace.path(fault.delay())));
        if (fault.kind() == Fault.Kind.FAILING_SYNC) {
            variables.putAll(sync.orElseThrow().environment(fault.step()));
        }
        return variables;
    }
}
