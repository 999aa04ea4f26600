package io.github.espalier.coordinator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.espalier.coordinator.Coordinator;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The repository, the worktrees, the journal and the logs lie on a disk that is full after some more kilobytes, all of them or
 * some; once there is room again, a recovery finds all that was written. Skipped where this user may mount nothing.
 */
@Tag("faults")
class FullDiskTest {
    private static final int STEP = 24;
    private static final int MOST = 360;
    private static final int ENOUGH = 6_000;
    private static final String SIZE = "16m";

    @TempDir(cleanup = CleanupMode.NEVER) // what is mounted cannot be deleted; it is unmounted
    Path place;

    /** What lies on the disk that gets full. */
    enum Full {
        /** All. */
        EVERYTHING,
        /** The journal and the logs of agents. */
        STATE(".git/espalier"),
        /** What git keeps of contents. */
        OBJECTS(".git/objects"),
        /** The agents' worktrees. */
        WORKTREES;

        private final String ofRepository;

        Full() {
            this("");
        }

        Full(String ofRepository) {
            this.ofRepository = ofRepository;
        }

        /** Mounts a disk there. */
        Path mount(Path folder, Path template) throws IOException, InterruptedException {
            Path project = Scenario.repository(folder);
            if (this == EVERYTHING) {
                MountedDisk.mount(folder, SIZE);
                copy(template.resolve("."), folder);
                return folder;
            } else if (this == WORKTREES) { // they lie beside the repository
                MountedDisk.mount(folder, SIZE);
                copy(template.resolve("."), folder);
                Path elsewhere = folder.resolveSibling(folder.getFileName() + "-project");
                copy(project, elsewhere);
                MountedDisk.bind(elsewhere, project);
                return folder;
            }
            copy(template.resolve("."), folder);
            Path disk = Files.createDirectories(project.resolve(ofRepository));
            Path kept = folder.resolve("kept");
            copy(disk, kept);
            MountedDisk.mount(disk, SIZE);
            copy(kept.resolve("."), disk);
            return disk;
        }

        void unmount(Path folder) throws IOException, InterruptedException {
            Path project = Scenario.repository(folder);
            if (this == EVERYTHING) {
                MountedDisk.unmount(folder);
            } else if (this == WORKTREES) {
                MountedDisk.unmount(project);
                MountedDisk.unmount(folder);
            } else {
                MountedDisk.unmount(project.resolve(ofRepository));
            }
        }

        private static void copy(Path from, Path to) throws IOException, InterruptedException {
            assertThat(MountedDisk.execute("cp", "-a", from.toString(), to.toString()))
                    .as("cp -a %s %s", from, to)
                    .isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PLAIN, EVERYTHING",
        "FAILING, EVERYTHING",
        "CARRIED, EVERYTHING",
        "HELD, EVERYTHING",
        "PLAIN, STATE",
        "PLAIN, OBJECTS",
        "PLAIN, WORKTREES"
    })
    void losesNothingWhereverTheDiskIsFull(Scenario scenario, Full full) throws Exception {
        scenario.prepare(place.resolve("template"));
        GitWrapper git = GitWrapper.in(place.resolve("bin"));
        for (int free : IntStream.concat(IntStream.rangeClosed(0, MOST / STEP).map(i -> i * STEP), IntStream.of(ENOUGH))
                .toArray()) {
            Path folder = Files.createDirectory(place.resolve("trial-" + free));
            Path disk = full.mount(folder, place.resolve("template"));
            String what = scenario + " with " + free + " KiB free for " + full;
            try {
                scenario.complete(folder);
                Files.writeString(folder.resolve("claims"), "\n"); // takes its place on the disk while there is one
                Files.writeString(folder.resolve("verified"), "\n");
                Snapshot before = Snapshot.of(scenario, folder);
                FaultHost.Ending ending = run(scenario, folder, disk, free, git);
                if (scenario.landsAll()) { // the fault did befall it, or there was room enough
                    assertThat(ending == FaultHost.Ending.WELL)
                            .as(what)
                            .isEqualTo(free == ENOUGH || (free > 0 && ending == FaultHost.Ending.WELL));
                }
                Coordinator coordinator = scenario.builder(folder).build();
                coordinator.recover();
                assertThat(coordinator.recover()).as(what).isEmpty();
                assertThat(Invariant.violations(scenario, folder, before))
                        .as(what)
                        .isEmpty();
            } finally {
                full.unmount(folder);
            }
        }
        MountedDisk.execute("rm", "-rf", "--one-file-system", place.toString());
    }

    private static FaultHost.Ending run(Scenario scenario, Path folder, Path disk, int free, GitWrapper git)
            throws IOException, InterruptedException {
        Path ballast = disk.resolve("ballast");
        fill(ballast, free);
        FaultHost.Ending ending =
                FaultHost.befallen(scenario, folder, "run", Fault.of(Fault.Kind.FULL_DISK, free, 0), git);
        Files.delete(ballast);
        return ending;
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
