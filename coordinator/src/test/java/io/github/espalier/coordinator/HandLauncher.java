package io.github.espalier.coordinator;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Launches instances that do nothing until a test says what: a stand-in for agents on another machine. */
final class HandLauncher implements InstanceLauncher {
    private final BlockingQueue<HandInstance> launched = new LinkedBlockingQueue<>();

    @Override
    public Instance launch(LaunchRequest request) {
        HandInstance instance = new HandInstance(request);
        launched.add(instance);
        return instance;
    }

    /** The next instance that was launched; waits for it. */
    HandInstance next() throws InterruptedException {
        HandInstance instance = launched.poll(30, TimeUnit.SECONDS);
        if (instance == null) {
            throw new AssertionError("nothing was launched");
        }
        return instance;
    }

    boolean nothingMore() {
        return launched.isEmpty();
    }

    /** One instance. It ends when the test says so, or when it is stopped. */
    static final class HandInstance implements Instance {
        final List<Duration> stops = new CopyOnWriteArrayList<>();
        private final LaunchRequest request;
        private final CompletableFuture<InstanceEnd> end = new CompletableFuture<>();
        private volatile Optional<String> delivered = Optional.empty();

        private HandInstance(LaunchRequest request) {
            this.request = request;
        }

        LaunchRequest request() {
            return request;
        }

        Path worktree() {
            return request.worktree().directory();
        }

        void end(InstanceEnd how) {
            end.complete(how);
        }

        void exit(int code) {
            end(new InstanceEnd.Exited(code));
        }

        void deliver(String commit) {
            delivered = Optional.of(commit);
            exit(0);
        }

        @Override
        public InstanceIdentity identity() {
            return new InstanceIdentity(request.name(), Map.of("kind", "hand"));
        }

        @Override
        public CompletionStage<InstanceEnd> completion() {
            return end;
        }

        @Override
        public void stop(Duration grace) {
            stops.add(grace);
            end(new InstanceEnd.Stopped(false));
        }

        @Override
        public Optional<String> delivered() {
            return delivered;
        }

        @Override
        public InstanceLog log() {
            return new InstanceLog() {
                @Override
                public InputStream open() {
                    return new ByteArrayInputStream(new byte[0]);
                }

                @Override
                public Optional<String> lastLine() {
                    return Optional.of("by hand");
                }

                @Override
                public Optional<Path> file() {
                    return Optional.empty();
                }
            };
        }
    }
}
