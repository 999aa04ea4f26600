package io.github.espalier.worktree.internal;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A git process that is asked and answers over its pipes, again and again. A request must fit into a pipe's buffer, so that
 * writing it never blocks; answers of any length are read while they come; standard error goes nowhere. After a failure
 * the conversation is over. Not thread-safe.
 */
final class Conversation implements AutoCloseable {
    private static final Duration GRACE = Duration.ofMillis(500);

    private final Process process;
    private final OutputStream requests;
    private final InputStream answers;
    private final char terminator;
    private final Duration timeLimit;

    /**
     * Starts the process.
     *
     * @param command what to start
     * @param terminator what each field of an answer ends with
     * @param timeLimit how long an answer may take
     */
    Conversation(GitCommand command, char terminator, Duration timeLimit) {
        this.process = command.start();
        this.requests = process.getOutputStream();
        this.answers = new BufferedInputStream(process.getInputStream(), 1 << 16);
        this.terminator = terminator;
        this.timeLimit = timeLimit;
    }

    /** Reads an answer. */
    @FunctionalInterface
    interface Answer<T> {
        T read(Fields fields) throws IOException;
    }

    /** The fields that the process prints. */
    @FunctionalInterface
    interface Fields {
        /** The next one, without its terminator; waits for it. */
        String next() throws IOException;
    }

    /**
     * Asks and waits for the answer.
     *
     * @throws IOException if the process died, printed what was not asked for, or ran out of time
     * @throws InterruptedException if this thread was interrupted
     */
    <T> T ask(String request, Answer<T> answer) throws IOException, InterruptedException {
        CompletableFuture<T> read = GitProcess.waiting(() -> {
            try {
                requests.write(request.getBytes(StandardCharsets.UTF_8));
                requests.flush();
                return answer.read(this::field);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        try {
            return read.get(timeLimit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException("git did not answer as it should: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new IOException("git did not answer within " + timeLimit, e);
        }
    }

    private String field() throws IOException {
        ByteArrayOutputStream field = new ByteArrayOutputStream();
        for (int next = answers.read(); next != terminator; next = answers.read()) {
            if (next < 0) {
                throw new EOFException("git ended");
            }
            field.write(next);
        }
        return field.toString(StandardCharsets.UTF_8);
    }

    /** Ends the process, by the end of its input if it is waiting for that; it is gone when this returns. */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        try {
            requests.close();
        } catch (IOException e) {
            // it ended by itself
        }
        try {
            if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                kill();
                process.waitFor();
            }
        } catch (InterruptedException e) {
            interrupted = true;
            kill();
        }
        try {
            answers.close();
        } catch (IOException e) {
            // nobody reads it any more
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** At once: it holds no lock and has nothing to finish. */
    private void kill() {
        List<ProcessHandle> descendants = process.descendants().toList();
        process.destroyForcibly();
        descendants.forEach(ProcessHandle::destroyForcibly);
    }
}
