package io.github.espalier.worktree.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/** Whether this process could see the one that made a lock file, if that lived. */
public final class LockOwners {
    private static final Path SELF = Path.of("/proc/self");
    private static final int ROOT = 0;

    /** File systems of Linux that another machine, or the host of this one, can have open at the same time. */
    private static final Set<String> SHARED = Set.of(
            "nfs",
            "nfs4",
            "cifs",
            "smb3",
            "smbfs",
            "afs",
            "9p",
            "virtiofs",
            "ceph",
            "glusterfs",
            "lustre",
            "gfs2",
            "ocfs2",
            "beegfs",
            "gpfs",
            "vboxsf",
            "vmhgfs",
            "prl_fs",
            "fakeowner");

    private LockOwners() {}

    /** Whether a folder lies where other machines can put files; what cannot be told may. */
    public static boolean mayBeElsewhere(Path folder) {
        try {
            return isShared(Files.getFileStore(folder).type());
        } catch (IOException e) {
            return true;
        }
    }

    /** Whether machines share file systems of a type, as {@code /proc/mounts} calls it. */
    static boolean isShared(String type) {
        String name = type.toLowerCase(Locale.ROOT);
        return SHARED.contains(name) || name.startsWith("fuse");
    }

    /** What another user's process has open is not told; the superuser is told everything. */
    public static boolean canBeSeen(Path lock) {
        try {
            int self = user(SELF);
            return self == ROOT || self == user(lock, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private static int user(Path file, LinkOption... options) throws IOException {
        return (Integer) Files.getAttribute(file, "unix:uid", options);
    }
}
