package io.github.espalier.coordinator.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A library that lets fsync of a journal fail, as a disk does that keeps nothing any more. */
public final class FailingSync {
    private final Path library;

    private FailingSync(Path library) {
        this.library = library;
    }

    /**
     * Compiles it into a folder.
     *
     * @param folder the folder, which is there
     * @return empty: this machine has no C compiler
     * @throws InterruptedException if interrupted
     */
    public static Optional<FailingSync> in(Path folder) throws InterruptedException {
        Path library = folder.resolve("failing-fsync.so");
        Path source = Path.of("src/test/c/failing-fsync.c").toAbsolutePath();
        try {
            Process compiler = new ProcessBuilder(
                            "cc", "-shared", "-fPIC", "-o", library.toString(), source.toString(), "-ldl")
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("cc.log").toFile())
                    .start();
            return compiler.waitFor() == 0 && Files.exists(library)
                    ? Optional.of(new FailingSync(library))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * What a host's environment needs.
     *
     * @param good how often fsync goes well first
     * @return the variables
     */
    public Map<String, String> environment(int good) {
        return Map.of("LD_PRELOAD", library.toString(), "FSYNC_GOOD", String.valueOf(good));
    }
}
