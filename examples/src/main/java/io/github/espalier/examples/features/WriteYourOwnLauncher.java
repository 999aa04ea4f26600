package io.github.espalier.examples.features;

import io.github.espalier.coordinator.Coordinator;
import io.github.espalier.coordinator.Instance;
import io.github.espalier.coordinator.InstanceEnd;
import io.github.espalier.coordinator.InstanceIdentity;
import io.github.espalier.coordinator.InstanceLog;
import io.github.espalier.coordinator.LaunchRequest;
import io.github.espalier.coordinator.RunReport;
import io.github.espalier.examples.support.SampleProject;
import io.github.espalier.examples.support.ScratchFolder;
import io.github.espalier.examples.support.UserGit;
import io.github.espalier.separator.Task;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/** Agents need not be processes: a launcher of ten lines, whose instances are tasks of a thread pool. */
public final class WriteYourOwnLauncher {
    private WriteYourOwnLauncher() {}

    /**
     * Runs it.
     *
     * @param args none
     */
    public static void main(String... args) {
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try (ScratchFolder scratch = ScratchFolder.create("espalier-example-")) {
            UserGit git = SampleProject.create(scratch.path().resolve("project"));
            RunReport report = Coordinator.builder()
                    .repository(git.directory())
                    .target(SampleProject.TARGET)
                    .launcher(request -> new InProcess(request, pool))
                    .build()
                    .run(List.of(Task.builder("hello").declare("hello.txt").build()));
            System.out.println(report.task("hello").outcome().describe());
            System.out.println(git.run("show", SampleProject.TARGET + ":hello.txt"));
        } finally {
            pool.shutdown();
        }
    }

    /** One instance. It cannot be interrupted, so a stop shows only when its work is done. */
    private static final class InProcess implements Instance {
        private final InstanceIdentity identity;
        private final CompletableFuture<InstanceEnd> completion;
        private final AtomicBoolean stopping = new AtomicBoolean();

        InProcess(LaunchRequest request, Executor pool) {
            identity = new InstanceIdentity(request.name(), Map.of());
            completion = CompletableFuture.supplyAsync(() -> work(request), pool)
                    .exceptionally(e -> new InstanceEnd.Exited(1));
        }

        private InstanceEnd work(LaunchRequest request) {
            SampleProject.write(request.worktree().directory(), "hello.txt", "by " + request.name() + "\n");
            return stopping.get() ? new InstanceEnd.Stopped(false) : new InstanceEnd.Exited(0);
        }

        @Override
        public InstanceIdentity identity() {
            return identity;
        }

        @Override
        public CompletionStage<InstanceEnd> completion() {
            return completion.minimalCompletionStage();
        }

        @Override
        public void stop(Duration grace) {
            stopping.set(true);
        }

        @Override
        public InstanceLog log() {
            return NoLog.INSTANCE;
        }
    }

    /** It prints nothing. */
    private enum NoLog implements InstanceLog {
        INSTANCE;

        @Override
        public InputStream open() {
            return InputStream.nullInputStream();
        }

        @Override
        public Optional<String> lastLine() {
            return Optional.empty();
        }

        @Override
        public Optional<Path> file() {
            return Optional.empty();
        }
    }
}
