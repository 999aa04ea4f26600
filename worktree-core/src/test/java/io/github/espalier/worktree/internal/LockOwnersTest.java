package io.github.espalier.worktree.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose processes can be looked for here. */
class LockOwnersTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"ext4, false", "xfs, false", "btrfs, false", "tmpfs, false", "overlay, false", "apfs, false"})
    @CsvSource({"nfs4, true", "CIFS, true", "9p, true", "fuse.sshfs, true", "fuseblk, true"})
    void knowsTheFileSystemsThatMachinesShare(String type, boolean shared) {
        assertThat(LockOwners.isShared(type)).isEqualTo(shared);
    }

    @Test
    void seesThisUsersProcessesOnly() throws Exception {
        Path own = Files.createFile(folder.resolve("own"));

        assertThat(LockOwners.canBeSeen(own)).isTrue();
        assertThat(LockOwners.canBeSeen(folder.resolve("gone"))).isEqualTo(isSuperuser());
        assertThat(LockOwners.canBeSeen(Path.of("/proc/1"))).isEqualTo(isSuperuser());
    }

    private static boolean isSuperuser() throws Exception {
        return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0;
    }
}
