package io.github.espalier.coordinator.faults;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Another process of the user's, who goes on working in the repository: commits on another branch, fetches, prunes, and
 * collects garbage whenever no agent writes (what an agent's own git loses to {@code git gc --prune=now} is not ours to keep).
 */
final class SecondUser implements Closeable {
    private static final String SCRIPT = """
            folder=$1
            users() { env -i PATH="$PATH" git --git-dir="$folder/project/.git" "$@"; }
            exec 7> "$folder/users" 8> "$folder/agents"
            while test -e "$folder/second-user"; do
                flock -x 7
                users update-ref refs/heads/other "$(users commit-tree -p other -m meanwhile 'other^{tree}')"
                users fetch -q "$folder/project/.git" main:refs/remotes/users/main
                users worktree prune
                flock -n -x 8 && users gc -q --prune=now && echo collected >> "$folder/collections"
                flock -u 8
                flock -u 7
                sleep 0.05
            done
            """;

    private final Path atWork;
    private final Process process;

    private SecondUser(Path atWork, Process process) {
        this.atWork = atWork;
        this.process = process;
    }

    /** Begins in a trial's folder. */
    static SecondUser in(Path folder) throws IOException {
        Path atWork = Files.createFile(folder.resolve("second-user"));
        return new SecondUser(
                atWork,
                new ProcessBuilder("sh", "-c", SCRIPT, "sh", folder.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("second-user.log").toFile())
                        .start());
    }

    /** Lets the user finish the round, and waits for that. */
    @Override
    public void close() throws IOException {
        Files.delete(atWork);
        process.onExit().join();
    }
}
