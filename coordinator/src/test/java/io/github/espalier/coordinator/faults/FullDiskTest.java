package io.github.espalier.coordinator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.espalier.coordinator.Coordinator;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The repository, the worktrees, the journal and the logs lie on a disk that is full after some more kilobytes; once there is
 * room again, a recovery finds all that was written. Skipped where this user may mount nothing.
 */
@Tag("faults")
class FullDiskTest {
    private static final int STEP = 24;
    private static final int MOST = 360;

    @TempDir(cleanup = CleanupMode.NEVER) // what is mounted cannot be deleted; it is unmounted
    Path place;

    @ParameterizedTest
    @EnumSource(names = {"PLAIN", "FAILING", "CARRIED", "HELD"})
    void losesNothingWhereverTheDiskIsFull(Scenario scenario) throws Exception {
        scenario.prepare(place.resolve("template"));
        GitWrapper git = GitWrapper.in(place.resolve("bin"));
        for (int free = 0; free <= MOST; free += STEP) {
            Path disk = Files.createDirectory(place.resolve("disk-" + free));
            MountedDisk.mount(disk, "16m");
            try {
                assertThat(violations(scenario, disk.resolve("trial"), free, git))
                        .as(scenario + " with " + free + " KiB free")
                        .isEmpty();
            } finally {
                MountedDisk.unmount(disk);
            }
        }
        MountedDisk.execute("rm", "-rf", "--one-file-system", place.toString());
    }

    private List<String> violations(Scenario scenario, Path folder, int free, GitWrapper git) throws Exception {
        assertThat(MountedDisk.execute("cp", "-a", place.resolve("template").toString(), folder.toString()))
                .isZero();
        scenario.complete(folder);
        Files.writeString(folder.resolve("claims"), "\n"); // takes its place on the disk while there is one
        Files.writeString(folder.resolve("verified"), "\n");
        Snapshot before = Snapshot.of(scenario, folder);
        Path ballast = folder.resolve("ballast");
        fill(ballast, free);
        FaultHost.kills(scenario, folder, "run", Fault.of(Fault.Kind.FULL_DISK, free, 0), git);
        Files.delete(ballast);
        Coordinator coordinator = scenario.builder(folder).build();
        coordinator.recover();
        assertThat(coordinator.recover()).isEmpty();
        return Invariant.violations(scenario, folder, before);
    }

    private static void fill(Path ballast, int free) throws IOException {
        byte[] page = new byte[4096];
        try (OutputStream out = Files.newOutputStream(ballast)) {
            while (true) {
                out.write(page);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
        try (RandomAccessFile file = new RandomAccessFile(ballast.toFile(), "rw")) {
            file.setLength(Math.max(0, file.length() - free * 1024L));
        }
    }
}
