package io.github.espalier.coordinator.faults;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Path;

/** A file system in memory that a test mounts; the test is skipped where this user may mount nothing. */
final class MountedDisk {
    private MountedDisk() {}

    /** Mounts one at an empty folder. */
    static void mount(Path folder, String size) throws IOException, InterruptedException {
        assumeThat(execute("mount", "-t", "tmpfs", "-o", "size=" + size, "espalier", folder.toString()))
                .as("a file system can be mounted")
                .isZero();
    }

    /** Lets a folder be seen at another place too. */
    static void bind(Path folder, Path at) throws IOException, InterruptedException {
        assumeThat(execute("mount", "--bind", folder.toString(), at.toString()))
                .as("a folder can be mounted")
                .isZero();
    }

    /** Unmounts it, whoever is at work there. */
    static void unmount(Path folder) throws IOException, InterruptedException {
        execute("umount", "-l", folder.toString());
    }

    /** Runs a command and drops what it prints; returns its exit code. */
    static int execute(String... argv) throws IOException, InterruptedException {
        return new ProcessBuilder(argv)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
