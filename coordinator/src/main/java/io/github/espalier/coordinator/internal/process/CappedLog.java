package io.github.espalier.coordinator.internal.process;

import io.github.espalier.coordinator.CoordinatorException;
import io.github.espalier.coordinator.InstanceLog;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a process printed. The process appends to the file by itself; while it does, the file's length is looked at once a
 * second, and where it is over the limit the older half is dropped in place.
 */
final class CappedLog implements InstanceLog {
    private static final Logger log = LoggerFactory.getLogger(InstanceLog.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final Duration WHEN_OVER = Duration.ofMillis(20);
    private static final Pattern ESCAPES =
            Pattern.compile("\\e\\[[0-?]*[ -/]*[@-~]|\\e\\][^\\x07\\e]*(?:\\x07|\\e\\\\)?|\\p{Cntrl}");
    private static final int TAIL = 8192;
    private static final int LONGEST_LINE = 500;

    private final Path file;
    private final long limit;

    CappedLog(Path file, long limit) {
        this.file = file;
        this.limit = limit;
    }

    /** Keeps the file under its limit for as long as a process may write to it. */
    void keep(CompletionStage<?> end) {
        Keeping keeping = new Keeping();
        keeping.lookAfter(PERIOD);
        end.whenComplete((result, failure) -> keeping.end());
    }

    /**
     * Looks at the length once a second, and more often at what prints without end, which writes gigabytes in a second. Where
     * nothing was printed for a second, the file system tells of the next write.
     */
    private final class Keeping {
        private final Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
        private long length;
        private boolean ended;
        private Optional<FolderEvents.Wait> wait = Optional.empty();

        void lookAfter(Duration period) {
            ProcessThreads.LOGS.after(nextOf(period), this::look);
        }

        private synchronized void look() {
            if (ended) {
                return;
            }
            if (shorten()) {
                lookAfter(WHEN_OVER);
                return;
            }
            long before = length;
            length = file.toFile().length();
            wait = length == before ? FolderEvents.next(folder, () -> lookAfter(PERIOD)) : Optional.empty();
            boolean told = wait.isPresent() && file.toFile().length() == length;
            // What was printed before the wait began is not told of.
            if (!told && wait.map(FolderEvents.Wait::end).orElse(true)) {
                lookAfter(PERIOD);
            }
        }

        private synchronized void end() {
            ended = true;
            wait.ifPresent(FolderEvents.Wait::end);
            ProcessThreads.LOGS.execute(CappedLog.this::shorten);
        }
    }

    /** The same moments for all logs, so that a thread wakes once for all of them. */
    private static Duration nextOf(Duration period) {
        return period.minusNanos(Math.floorMod(System.nanoTime(), period.toNanos()));
    }

    /**
     * What is printed in the moment between the last read and the cut, a few microseconds, is lost.
     *
     * @return whether the file was over its limit
     */
    boolean shorten() {
        try {
            if (Files.size(file) <= limit) { // nearly always, and cheaper than to open it
                return false;
            }
            dropOlderHalf();
            return true;
        } catch (NoSuchFileException e) {
            log.atDebug().addKeyValue("file", file).log("The log is gone");
        } catch (IOException e) {
            log.atWarn().addKeyValue("file", file).setCause(e).log("The log could not be shortened");
        }
        return false;
    }

    private void dropOlderHalf() throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer tail = ByteBuffer.allocate(Math.toIntExact(Math.min(limit / 2, 1 << 28)) + 65536);
            tail.limit(tail.capacity() - 65536);
            long position = Math.max(0, channel.size() - tail.limit());
            for (int read = channel.read(tail, position); read >= 0 && tail.hasRemaining(); ) {
                read = channel.read(tail, position + tail.position());
            }
            tail.limit(tail.capacity());
            for (int read = 0; read >= 0 && tail.hasRemaining(); ) {
                read = channel.read(tail, position + tail.position());
            }
            channel.truncate(0);
            append(tail.flip());
        }
    }

    private void append(ByteBuffer tail) throws IOException {
        byte[] notice = "[espalier: older output was dropped here, the log had reached its limit of %d bytes]\n"
                .formatted(limit)
                .getBytes(StandardCharsets.UTF_8);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            channel.write(ByteBuffer.wrap(notice));
            while (tail.hasRemaining()) {
                channel.write(tail);
            }
        }
    }

    @Override
    public InputStream open() {
        try {
            return new BufferedInputStream(Files.newInputStream(file));
        } catch (NoSuchFileException e) {
            return new ByteArrayInputStream(new byte[0]);
        } catch (IOException e) {
            throw new CoordinatorException(file + ": cannot be read (" + e + ")", e);
        }
    }

    @Override
    public Optional<String> lastLine() {
        try (RandomAccessFile reader = new RandomAccessFile(file.toFile(), "r")) {
            long from = Math.max(0, reader.length() - TAIL);
            byte[] tail = new byte[(int) (reader.length() - from)];
            reader.seek(from);
            int read = reader.read(tail);
            String text = new String(tail, 0, Math.max(0, read), StandardCharsets.UTF_8);
            List<String> lines = List.of(text.split("[\\r\\n]+", -1));
            for (int i = lines.size() - 1; i >= 0; i--) {
                String line = ESCAPES.matcher(lines.get(i)).replaceAll("").strip();
                if (!line.isEmpty()) {
                    return Optional.of(line.substring(0, Math.min(LONGEST_LINE, line.length())));
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<Path> file() {
        return Optional.of(file);
    }
}
