package io.github.espalier.coordinator.faults;

import io.github.espalier.worktree.TestRepository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What holds after every fault and a recovery: whatever an agent wrote is reachable from a ref or lies in a worktree that git
 * lists, and so is every commit from before; the repository is sound; nothing of ours is left behind; the target holds only
 * what was verified; the user's checkouts are the user's.
 */
final class Invariant {
    private static final List<String> ROOMS =
            List.of("rescue-", "snapshots-", "merge-", "objects-", "configuration-", "pool-");

    private final Scenario scenario;
    private final Path folder;
    private final Snapshot before;
    private final TestRepository repository;
    private final List<String> violations = new ArrayList<>();

    private Invariant(Scenario scenario, Path folder, Snapshot before) {
        this.scenario = scenario;
        this.folder = folder;
        this.before = before;
        repository = TestRepository.at(Scenario.repository(folder));
    }

    /** What does not hold, in words. */
    static List<String> violations(Scenario scenario, Path folder, Snapshot before) throws IOException {
        Invariant invariant = new Invariant(scenario, folder, before);
        invariant.checkProcesses(); // first: what still runs could change the rest
        try {
            invariant.checkObjects();
            invariant.checkRegistrations();
            invariant.checkTarget();
            invariant.checkCheckouts();
            invariant.checkContents();
            invariant.checkRooms();
        } catch (AssertionError e) {
            invariant.violations.add("git failed: " + e.getMessage());
        }
        invariant.checkLocks();
        return List.copyOf(invariant.violations);
    }

    private void checkProcesses() throws IOException {
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                String environment = text(process.resolve("environ"));
                String words = text(process.resolve("cmdline"));
                if (environment.contains("ESPALIER_") && (environment + words).contains(folder + "/")) {
                    violations.add("process " + process.getFileName() + " lives: " + words.replace('\0', ' '));
                }
            }
        }
    }

    /** Empty for a process that has ended. */
    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    private void checkObjects() {
        String told = repository.git("fsck", "--full", "--no-dangling", "--no-progress");
        told.lines().filter(line -> !line.startsWith("notice:")).forEach(line -> violations.add("git fsck: " + line));
    }

    private void checkRegistrations() {
        for (String record : repository.git("worktree", "list", "--porcelain").split("\n\n", -1)) {
            String flat = record.replace('\n', ' ');
            if (flat.contains(" prunable")) {
                violations.add("a registration points nowhere: " + flat);
            } else if (isPooled(flat)) {
                checkPooled(Path.of(record.lines().findFirst().orElseThrow().substring("worktree ".length())));
            } else if (flat.contains(" locked")) {
                violations.add("a registration is locked: " + flat);
            }
        }
    }

    /** A worktree that waits for its next task; it is nobody's. */
    private boolean isPooled(String worktree) {
        return worktree.startsWith("worktree " + repository.directory().resolve(".git/espalier/pool-"));
    }

    /** What one task left can not be seen by the next. */
    private void checkPooled(Path worktree) {
        String left = TestRepository.at(worktree).git("status", "--porcelain", "--ignored");
        if (!left.isEmpty()) {
            violations.add("a worktree that waits for its next task holds " + left);
        }
    }

    private void checkTarget() throws IOException {
        if (scenario.movesBack()) {
            String now = repository.resolve(Scenario.TARGET);
            if (!now.equals(before.target()) && !now.equals(repository.resolve(before.target() + "^"))) {
                violations.add("the target went from " + before.target() + " to " + now);
            }
        } else if (!repository
                .git("rev-list", "--max-count=1", before.target(), "^" + Scenario.TARGET)
                .isEmpty()) {
            violations.add(
                    "the target went from " + before.target() + " back to " + repository.resolve(Scenario.TARGET));
        }
        if (!scenario.verified()) {
            return;
        }
        Set<String> verified = new HashSet<>(Files.readAllLines(folder.resolve("verified")));
        repository
                .git("log", "--first-parent", "--format=%H %T", before.target() + ".." + Scenario.TARGET)
                .lines()
                .filter(line -> !verified.contains(line.substring(line.indexOf(' ') + 1)))
                .forEach(line -> violations.add("the target holds an unverified tree: " + line));
    }

    private void checkCheckouts() {
        Snapshot now = Snapshot.of(scenario, folder);
        before.checkouts().forEach((directory, expected) -> {
            Object actual = now.checkouts().get(directory);
            if (!expected.equals(actual)) {
                violations.add("the user's checkout " + directory + " was\n" + expected + "\nand is\n" + actual);
            }
        });
        if (!new HashSet<>(now.commits()).containsAll(before.commits())) {
            violations.add("a commit from before is reachable from no ref any more");
        }
    }

    private void checkContents() throws IOException {
        Set<String> missing = new LinkedHashSet<>(Files.readAllLines(folder.resolve("claims")));
        missing.removeIf(id -> id.length() < 40); // its writer was killed
        List<Path> worktrees = new ArrayList<>();
        List<String> heads = new ArrayList<>(List.of("rev-list", "--objects", "--no-object-names", "--all"));
        for (String line :
                repository.git("worktree", "list", "--porcelain").lines().toList()) {
            if (isPooled(line)) {
                continue;
            }
            if (line.startsWith("worktree ")) {
                worktrees.add(Path.of(line.substring("worktree ".length())));
            } else if (line.startsWith("HEAD ") && !line.matches("HEAD 0+")) {
                heads.add(line.substring("HEAD ".length()));
            }
        }
        repository.git(heads.toArray(String[]::new)).lines().forEach(missing::remove);
        for (Path worktree : missing.isEmpty() ? List.<Path>of() : worktrees) {
            TestRepository checkout = TestRepository.at(worktree);
            checkout.git("ls-files", "--stage").lines().forEach(line -> missing.remove(line.split(" ", -1)[1]));
            checkout.git("ls-files", "--others", "--modified", "--exclude-standard")
                    .lines()
                    .map(worktree::resolve)
                    .filter(file -> Files.exists(file, LinkOption.NOFOLLOW_LINKS))
                    .forEach(file -> missing.remove(blob(file)));
        }
        missing.forEach(id -> violations.add("lost: content " + id + " that an agent wrote" + known(id)));
    }

    /** The id that git gives a file's content, or the target of a symbolic link. */
    private static String blob(Path file) {
        try {
            byte[] content = Files.isSymbolicLink(file)
                    ? Files.readSymbolicLink(file).toString().getBytes(StandardCharsets.UTF_8)
                    : Files.readAllBytes(file);
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            digest.update(("blob " + content.length + "\0").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(content));
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private String known(String id) {
        try {
            return ", an unreachable object now: " + repository.git("cat-file", "-p", id);
        } catch (AssertionError e) {
            return "";
        }
    }

    /** A room whose owner is dead goes with the next one that is made; this process's may stay a while. */
    private void checkRooms() throws IOException {
        String locks = text(Path.of("/proc/locks"));
        Path state = repository.directory().resolve(".git/espalier");
        Files.createDirectories(state);
        try (DirectoryStream<Path> rooms = Files.newDirectoryStream(state, Invariant::isRoom)) {
            for (Path room : rooms) {
                Path owner = room.resolve("owner.lock");
                boolean owned =
                        Files.exists(owner) && locks.contains(":" + Files.getAttribute(owner, "unix:ino") + " ");
                boolean waits = Files.exists(room.resolve("kept"))
                        && Files.exists(room.resolve("tree/.git"))
                        && !Files.exists(room.resolve("lease"));
                if (!owned && !waits) {
                    violations.add("a room is left: " + room);
                }
            }
        }
        String anchors = repository.git("for-each-ref", "refs/espalier/landing/");
        if (!anchors.isEmpty()) {
            violations.add("refs of landings are left: " + anchors);
        }
    }

    private static boolean isRoom(Path folder) {
        return ROOMS.stream().anyMatch(String.valueOf(folder.getFileName())::startsWith);
    }

    private void checkLocks() throws IOException {
        Path git = repository.directory().resolve(".git");
        Files.walkFileTree(git, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                return directory.equals(git.resolve("espalier"))
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().endsWith(".lock")) {
                    violations.add("a lock is left: " + file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        if (Files.exists(git.resolve("espalier/coordinator.owner"))) {
            violations.add("the coordinator's lock is left owned");
        }
    }

    /** What a second recovery, and a plan of one, must leave alone: refs, worktrees, and all files of ours and of worktrees. */
    static Map<String, String> state(Path folder) throws IOException {
        TestRepository repository = TestRepository.at(Scenario.repository(folder));
        TreeMap<String, String> state = new TreeMap<>();
        state.put("refs", repository.git("for-each-ref"));
        state.put("worktrees", repository.git("worktree", "list", "--porcelain"));
        state.put("coordinator", files(repository.directory().resolve(".git/espalier")));
        state.put("registrations", files(repository.directory().resolve(".git/worktrees")));
        try (DirectoryStream<Path> places = Files.newDirectoryStream(folder, Files::isDirectory)) {
            for (Path place : places) {
                state.put(String.valueOf(place.getFileName()), files(place));
            }
        }
        return state;
    }

    /** Paths and sizes; not git's own, nor what a room of this process is kept in. */
    private static String files(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return "";
        }
        StringBuilder files = new StringBuilder();
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                boolean skipped = !folder.equals(directory) && (folder.endsWith(".git") || isRoom(folder));
                return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                // a look at a worktree refreshes its index, and whoever locks a file signs it
                boolean counts = !file.endsWith("index") && !file.toString().endsWith(".lock");
                long size = counts ? attributes.size() : 0;
                files.append(directory.relativize(file))
                        .append(' ')
                        .append(size)
                        .append('\n');
                return FileVisitResult.CONTINUE;
            }
        });
        return files.toString();
    }
}
