package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.WorktreeException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A ref update that git has checked and locked, and that is then committed or aborted: while it is prepared nobody else can
 * move the ref, not even a {@code git commit} in a checkout of it. When this process dies, git aborts it by itself.
 */
final class RefTransaction implements AutoCloseable {
    private final Process git;
    private final OutputStream commands;
    private final BufferedReader answers;

    private RefTransaction(Process git) {
        this.git = git;
        commands = git.getOutputStream();
        answers = new BufferedReader(new InputStreamReader(git.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Locks the ref if it is where it is expected to be; empty: it is not, or its lock cannot be had. */
    static Optional<RefTransaction> prepare(Git git, String ref, String from, String to, String reason) {
        Process process = git.command("update-ref", "--create-reflog", "-m", reason, "--stdin")
                .start();
        RefTransaction transaction = new RefTransaction(process);
        boolean prepared = transaction.say("start", "start: ok")
                && transaction.say("update " + ref + " " + to + " " + from + "\nprepare", "prepare: ok");
        if (!prepared) {
            transaction.close();
            return Optional.empty();
        }
        return Optional.of(transaction);
    }

    /** Publishes the update. */
    void commit() {
        if (!say("commit", "commit: ok")) {
            throw new WorktreeException("git did not confirm a ref update that it had prepared");
        }
    }

    private boolean say(String command, String expected) {
        try {
            commands.write((command + "\n").getBytes(StandardCharsets.UTF_8));
            commands.flush();
            return expected.equals(answers.readLine());
        } catch (IOException e) {
            return false;
        }
    }

    /** Ends the transaction; one that was not committed is aborted. */
    @Override
    public void close() {
        try {
            commands.close();
        } catch (IOException e) {
            // git has ended already
        }
        try {
            if (!git.waitFor(10, TimeUnit.SECONDS)) {
                git.destroyForcibly();
            }
        } catch (InterruptedException e) {
            git.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
