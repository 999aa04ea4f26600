package io.github.espalier.coordinator.internal.process;

import io.github.espalier.coordinator.LaunchException;
import io.github.espalier.coordinator.LaunchRequest;
import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.Worktree;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What an agent in a sandbox sees of the file system, and what of it it can write. */
final class SandboxView {
    /** Others' temporary files, and the sockets of services, which being read-only does not close. */
    private static final List<Path> PRIVATE =
            List.of(Path.of("/tmp"), Path.of("/var/tmp"), Path.of("/run"), Path.of("/var/run"));

    private static final Path RESOLVER = Path.of("/etc/resolv.conf");

    private final SandboxLauncher launcher;
    private final LaunchRequest request;
    private final CommandSpec spec;
    private final Mounts mounts = new Mounts();

    SandboxView(SandboxLauncher launcher, LaunchRequest request, CommandSpec spec) {
        this.launcher = launcher;
        this.request = request;
        this.spec = spec;
    }

    List<String> mounts() {
        try {
            hide();
            uncover();
            addRepository();
            addGranted();
            addGit();
            return mounts.arguments();
        } catch (IOException e) {
            LaunchException failure = refusal("its file system cannot be laid out (" + e + ")");
            failure.initCause(e);
            throw failure;
        }
    }

    /** What the machine's programs need of the folders that are always hidden stays; what the host hides does not. */
    private void hide() throws IOException {
        for (Path path : PRIVATE) {
            mounts.hide(path);
        }
        for (Path folder : Mounts.programFolders(spec.environment().getOrDefault("PATH", ""))) {
            if (!PRIVATE.contains(folder)) {
                mounts.uncover(folder);
            }
        }
        if (launcher.network() && Files.exists(RESOLVER)) {
            mounts.uncover(RESOLVER.toRealPath());
        }
        for (Path path : launcher.hidden()) {
            mounts.hide(path);
        }
    }

    /** What the agent is told of or started from, wherever it lies. */
    private void uncover() throws IOException {
        mounts.uncover(Path.of(spec.argv().get(0)));
        mounts.uncover(request.specFile());
        mounts.uncover(request.stateDirectory());
    }

    private void addRepository() throws IOException {
        GitRepository repository = request.repository();
        if (repository.mainWorktree().isPresent()) {
            mounts.readOnly(repository.mainWorktree().get());
        }
        mounts.readOnly(repository.commonDirectory());
    }

    private void addGranted() throws IOException {
        for (Path path : launcher.readable()) {
            mounts.readOnly(existing(path));
        }
        for (Path path : launcher.writable()) {
            Path real = existing(path).toRealPath();
            boolean tooWide = Stream.of(
                            request.worktree().directory().toRealPath(),
                            request.repository().commonDirectory())
                    .anyMatch(own -> own.startsWith(real));
            if (tooWide) {
                throw refusal(
                        path + " was to be writable and contains the worktree or the repository; name folders in it");
            }
            mounts.writable(path);
        }
    }

    private Path existing(Path path) {
        if (!Files.exists(path)) {
            throw refusal(path + " was to be readable or writable and does not exist; create it or leave it out");
        }
        return path;
    }

    private void addGit() throws IOException {
        Worktree worktree = request.worktree();
        mounts.writable(worktree.directory());
        mounts.readOnly(worktree.directory().resolve(".git"));
        addAdministration(worktree.gitDirectory());
        addObjects(request.repository().commonDirectory().resolve("objects"));
        addBranch(request.repository().commonDirectory(), worktree.branch());
    }

    /** What leads git from there to a repository and a configuration is not the agent's to change. */
    private void addAdministration(Path admin) throws IOException {
        mounts.writable(admin);
        for (String name : List.of("commondir", "gitdir", "config.worktree")) {
            mounts.readOnly(created(admin.resolve(name)));
        }
    }

    private void addObjects(Path objects) throws IOException {
        mounts.writable(objects);
        mounts.readOnly(Files.createDirectories(objects.resolve("info")));
        Path packs = Files.createDirectories(objects.resolve("pack"));
        try (Stream<Path> files = Files.list(packs)) {
            boolean partialClone = files.anyMatch(file -> file.toString().endsWith(".promisor"));
            if (!partialClone) {
                mounts.readOnly(packs);
            }
        }
    }

    /** Git replaces the files of refs and logs by renaming others over them, so their folders must be writable. */
    private void addBranch(Path common, String branch) throws IOException {
        if (!branch.contains("/") || Files.isDirectory(common.resolve("reftable"))) {
            throw refusal(
                    "the ref of branch \"" + branch + "\" has no folder of its own, so that an agent that may commit"
                            + " could move every branch; use a branch template with a folder, such as feature/{id}, and a"
                            + " repository that keeps its refs in files");
        }
        mounts.writable(Files.createDirectories(SandboxTraces.refFolder(common, branch)));
        mounts.writable(Files.createDirectories(SandboxTraces.logFolder(common, branch)));
    }

    private static Path created(Path file) throws IOException {
        try {
            return Files.createFile(file);
        } catch (FileAlreadyExistsException e) {
            return file;
        }
    }

    private LaunchException refusal(String why) {
        return new LaunchException(spec.argv().get(0), "no sandbox can be made for it: " + why);
    }
}
