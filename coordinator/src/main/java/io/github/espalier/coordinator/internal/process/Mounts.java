package io.github.espalier.coordinator.internal.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The file system of a sandbox as bubblewrap's arguments. All of the machine's is read-only to begin with; of paths that
 * contain each other the deeper one decides, and for one path the later call. Not thread-safe.
 */
final class Mounts {
    /** Settings of the kernel, which root could write there even without a capability. */
    private static final List<String> SETTINGS =
            List.of("/proc/sys", "/proc/sysrq-trigger", "/proc/fs", "/proc/irq", "/proc/bus");

    private final List<Mount> mounts = new ArrayList<>();
    private final Set<Path> hidden = new LinkedHashSet<>();

    private record Mount(Path at, List<String> words) {}

    Mounts() {
        add("--ro-bind", "/", Path.of("/"));
        mounts.add(new Mount(Path.of("/dev"), List.of("--dev", "/dev")));
        mounts.add(new Mount(Path.of("/proc"), List.of("--proc", "/proc")));
        SETTINGS.forEach(path -> add("--ro-bind-try", path, Path.of(path)));
    }

    /** An empty folder of the sandbox's own, or a file that cannot be opened; nothing if there is no such path. */
    Mounts hide(Path path) throws IOException {
        if (Files.exists(path)) {
            Path real = path.toRealPath();
            hidden.add(real);
            if (Files.isDirectory(real)) {
                mounts.add(new Mount(real, List.of("--tmpfs", real.toString())));
            } else {
                add("--ro-bind", "/dev/null", real);
            }
        }
        return this;
    }

    Mounts readOnly(Path path) throws IOException {
        return bind("--ro-bind", path);
    }

    Mounts writable(Path path) throws IOException {
        return bind("--bind", path);
    }

    /** Only where it would be hidden: elsewhere it can be read anyway, or is what a deeper path makes of it. */
    Mounts uncover(Path path) throws IOException {
        boolean covered = Files.exists(path) && (isHidden(path) || isHidden(path.toRealPath()));
        return covered ? readOnly(path) : this;
    }

    /** Whether a path lies in a folder that is hidden, or is one. */
    boolean isHidden(Path path) {
        return hidden.stream().anyMatch(path::startsWith);
    }

    /**
     * Bubblewrap follows no symbolic link on its way to where it mounts, so that is a real path. A link that is hidden itself
     * leads nowhere inside: there the content is mounted at both.
     */
    private Mounts bind(String how, Path path) throws IOException {
        Path real = path.toRealPath();
        add(how, real.toString(), real);
        if (!path.equals(real) && isHidden(path)) {
            add(how, real.toString(), path);
        }
        return this;
    }

    private void add(String how, String what, Path at) {
        mounts.add(new Mount(at, List.of(how, what, at.toString())));
    }

    List<String> arguments() {
        return mounts.stream()
                .sorted(Comparator.comparingInt(mount -> mount.at().getNameCount()))
                .flatMap(mount -> mount.words().stream())
                .toList();
    }

    /** Every folder on the {@code PATH} that exists. */
    static List<Path> programFolders(String path) {
        return Stream.of(path.split(":", -1))
                .filter(entry -> entry.startsWith("/"))
                .map(entry -> Path.of(entry).normalize())
                .filter(Files::isDirectory)
                .toList();
    }
}
