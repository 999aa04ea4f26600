package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.Rescue;
import io.github.espalier.worktree.RescueFailedException;
import io.github.espalier.worktree.RescueRequest;
import io.github.espalier.worktree.Worktree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A rescue in a process of its own, which waits for a line between making the ref and checking it. */
public final class RescueChild {
    private RescueChild() {}

    /** Arguments: repository, worktree, administrative directory, branch, base, ref. */
    public static void main(String... args) {
        Worktree worktree = new Worktree(Path.of(args[1]), Path.of(args[2]), args[3], args[4], false);
        Rescue rescue = new GitRescue(GitRepository.open(Path.of(args[0])), Rescue.UNTRACKED_LIMIT, ref -> {
            try {
                System.out.println("made " + ref);
                System.out.flush();
                System.in.read();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        try {
            System.out.println(rescue.save(new RescueRequest(worktree, args[5], "from a child\n", false)));
        } catch (RescueFailedException e) {
            System.out.println("failed " + e.getMessage());
        }
    }

    /** Starts one; standard error is merged into its output. */
    public static Process start(List<String> prefix, GitRepository repository, Worktree worktree, String ref)
            throws IOException {
        List<String> argv = new ArrayList<>(prefix);
        argv.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path")
                        + java.io.File.pathSeparator
                        + System.getProperty("jdk.module.path", ""),
                RescueChild.class.getName(),
                repository.commonDirectory().toString(),
                worktree.directory().toString(),
                worktree.gitDirectory().toString(),
                worktree.branch(),
                worktree.base(),
                ref));
        return new ProcessBuilder(argv).redirectErrorStream(true).start();
    }

    /** The first line it prints that begins so; null at the end of its output. */
    public static String await(Process child, String prefix) throws IOException {
        var output = child.inputReader(StandardCharsets.UTF_8);
        StringBuilder all = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(prefix)) {
                return line;
            }
            all.append(line).append('\n');
        }
        throw new AssertionError("the child said only: " + all);
    }
}
