package io.github.espalier.coordinator.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.espalier.coordinator.Coordinator;
import io.github.espalier.coordinator.CoordinatorException;
import io.github.espalier.coordinator.TaskOutcome;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The repository lies on a file system that nobody can write, before a run or after a host was killed: a typed error says so,
 * and when it can be written again all is found. Skipped where this user may mount nothing.
 */
@Tag("faults")
class ReadOnlyDiskTest {
    private static final Scenario SCENARIO = Scenario.PLAIN;

    @TempDir(cleanup = CleanupMode.NEVER) // what is mounted cannot be deleted; it is unmounted
    Path place;

    private Path disk;
    private Path folder;
    private Snapshot before;

    @BeforeEach
    void mount() throws Exception {
        SCENARIO.prepare(place.resolve("template"));
        disk = Files.createDirectory(place.resolve("disk"));
        folder = disk.resolve("trial");
        MountedDisk.mount(disk, "64m");
        assertThat(MountedDisk.execute("cp", "-a", place.resolve("template").toString(), folder.toString()))
                .isZero();
        SCENARIO.complete(folder);
        before = Snapshot.of(SCENARIO, folder);
    }

    @AfterEach
    void unmount() throws Exception {
        MountedDisk.unmount(disk);
        MountedDisk.execute("rm", "-rf", "--one-file-system", place.toString());
    }

    private void remount(String how) throws Exception {
        assertThat(MountedDisk.execute("mount", "-o", "remount," + how, disk.toString()))
                .isZero();
    }

    private void assertRefused(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(CoordinatorException.class)
                .hasMessageContaining(folder.toString())
                .hasMessageContaining("make the folder writable");
    }

    @Test
    void refusesARunAndRunsWhenItCanBeWritten() throws Exception {
        Coordinator coordinator = SCENARIO.builder(folder).build();
        remount("ro");
        assertRefused(() -> coordinator.run(SCENARIO.tasks()));
        assertRefused(coordinator::recover);
        remount("rw");

        assertThat(Invariant.violations(SCENARIO, folder, before)).isEmpty();
        assertThat(coordinator.run(SCENARIO.tasks()).tasks())
                .anySatisfy(task -> assertThat(task.outcome()).isInstanceOf(TaskOutcome.Landed.class));
        assertThat(Invariant.violations(SCENARIO, folder, before)).isEmpty();
    }

    @Test
    void refusesARecoveryAndLosesNothing() throws Exception {
        GitWrapper git = GitWrapper.in(place.resolve("bin"));
        assertThat(FaultHost.befallen(SCENARIO, folder, "run", Fault.of(Fault.Kind.HOST_AT_JOURNAL, 20, 0), git))
                .isEqualTo(FaultHost.Ending.KILLED);
        remount("ro");
        assertRefused(() -> SCENARIO.builder(folder).build().recover());
        remount("rw");

        Coordinator coordinator = SCENARIO.builder(folder).build();
        coordinator.recover();
        assertThat(coordinator.recover()).isEmpty();
        assertThat(Invariant.violations(SCENARIO, folder, before)).isEmpty();
    }
}
