package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.Worktree;
import io.github.espalier.worktree.WorktreeException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The trees of a worktree's index and files. Not thread-safe. */
final class RescueTree {
    private final RescueRoom room;
    private final Path directory;
    private final String head;
    private final long limit;
    private final boolean ignored;
    private final boolean again;
    private final List<String> leftOut = new ArrayList<>();
    private int nestedCount;

    /**
     * Starts with the index.
     *
     * @param directory where the files are
     * @param again whether it is known that objects went missing, so that each file is to be stored anew
     */
    RescueTree(
            RescueRoom room, Worktree worktree, Path directory, String head, long limit, boolean ignored, boolean again)
            throws IOException {
        this.room = room;
        this.directory = directory;
        this.head = head;
        this.limit = limit;
        this.ignored = ignored;
        this.again = again;
        if (!room.takeIndex(worktree, directory)) {
            git("read-tree", head).run();
        }
    }

    List<String> leftOut() {
        return leftOut;
    }

    String headTree() {
        return git("rev-parse", head + "^{tree}").run().line();
    }

    /** The index's tree; of an unmerged path, each stage in a folder of its own. */
    String index() throws IOException {
        room.copyIndex("staged");
        StringBuilder info = new StringBuilder();
        for (String entry : split(RescueRoom.raw(
                room.git(directory, "staged", "ls-files", "-z", "--unmerged").run()))) {
            int tab = entry.indexOf('\t');
            String path = entry.substring(tab + 1);
            String[] mode = entry.substring(0, tab).split(" ", -1);
            info.append("0 ")
                    .append("0".repeat(head.length()))
                    .append('\t')
                    .append(path)
                    .append('\0');
            info.append(mode[0])
                    .append(' ')
                    .append(mode[1])
                    .append("\t.espalier-stage-")
                    .append(mode[2])
                    .append('/')
                    .append(path)
                    .append('\0');
        }
        if (info.length() > 0) {
            room.git(directory, "staged", "update-index", "-z", "--index-info")
                    .input(RescueRoom.bytes(info.toString()))
                    .run();
        }
        return room.git(directory, "staged", "write-tree", "--missing-ok").run().line();
    }

    /** The tree of the files as they lie there. */
    String files() throws IOException {
        forgetPromises();
        setUnsaveableAside();
        if (again) {
            room.distrustIndex();
        }
        Set<String> nested = nested(directory, "index");
        StringBuilder paths = new StringBuilder(".\0");
        nested.forEach(
                path -> paths.append(":(exclude,top,literal)").append(path).append('\0'));
        String scope = untrackedFits(directory, "index", "") ? "-A" : "-u";
        add(directory, "index", scope, paths.toString());
        for (String path : nested) {
            takeNested(directory, "index", path, "");
        }
        return git("write-tree", "--missing-ok").run().line();
    }

    /** An agent may have told git to take files for unchanged. */
    private void forgetPromises() {
        StringBuilder paths = new StringBuilder();
        for (String entry : split(RescueRoom.raw(git("ls-files", "-z", "-v").run()))) {
            if (Character.isLowerCase(entry.charAt(0))) {
                paths.append(entry.substring(2)).append('\0');
            }
        }
        if (paths.length() > 0) {
            git("update-index", "--no-assume-unchanged", "-z", "--stdin")
                    .input(RescueRoom.bytes(paths.toString()))
                    .run();
        }
    }

    /** Nothing is lost with a pipe; content that cannot be read would be. */
    private void setUnsaveableAside() throws IOException {
        WorktreeFiles unsaveable = WorktreeFiles.unsaveable(directory);
        if (unsaveable.repository()) {
            leftOut.add(".git: a repository of its own, whose history is only there");
        }
        List<String> unreadable = wanted(unsaveable.unreadable());
        if (!unreadable.isEmpty()) {
            throw new WorktreeException(String.join(", ", unreadable.subList(0, Math.min(20, unreadable.size())))
                    + ": cannot be read (" + unreadable.size() + " in all); make it readable and rescue again");
        }
        List<String> special = wanted(unsaveable.special());
        if (!special.isEmpty()) {
            special.forEach(path -> leftOut.add(path + ": a socket, pipe or device"));
            git("update-index", "--force-remove", "-z", "--stdin")
                    .input(String.join("\0", special) + "\0")
                    .run();
        }
    }

    /** Without what git ignores, unless that is to be kept too. */
    private List<String> wanted(List<Path> paths) {
        List<String> wanted = new ArrayList<>(paths.stream().map(Path::toString).toList());
        if (!ignored && !wanted.isEmpty()) {
            wanted.removeAll(git("check-ignore", "-z", "--stdin")
                    .input(String.join("\0", wanted) + "\0")
                    .accept(1, 128)
                    .run()
                    .nulSeparated());
        }
        return wanted;
    }

    private void add(Path files, String index, String scope, String paths) {
        List<String> arguments = new ArrayList<>(List.of("add", "--sparse", "--ignore-errors", scope));
        if (ignored && scope.equals("-A")) {
            arguments.add("-f");
        }
        arguments.addAll(List.of("--pathspec-from-file=-", "--pathspec-file-nul"));
        room.git(files, index, arguments.toArray(String[]::new))
                .input(RescueRoom.bytes(paths))
                .run();
    }

    private List<String> others(Path files, String index) {
        GitCommand command = ignored
                ? room.git(files, index, "ls-files", "-z", "--others")
                : room.git(files, index, "ls-files", "-z", "--others", "--exclude-standard");
        return split(RescueRoom.raw(command.run()));
    }

    private boolean untrackedFits(Path files, String index, String prefix) throws IOException {
        long total = 0;
        List<String> paths = others(files, index);
        for (String path : paths) {
            Path file = files.resolve(decoded(path));
            if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                total += Files.size(file);
            }
        }
        if (total > limit) {
            paths.forEach(path -> leftOut.add(prefix + decoded(path) + ": over " + limit + " bytes are untracked"));
        }
        return total <= limit;
    }

    /**
     * Git marks a nested repository by a slash, a registered one by its mode; in the folder of a submodule that is not there
     * it sees no file at all.
     */
    private Set<String> nested(Path files, String index) {
        Set<String> nested = new LinkedHashSet<>();
        for (String path : others(files, index)) {
            if (path.endsWith("/")) {
                nested.add(path.substring(0, path.length() - 1));
            }
        }
        for (String entry : split(
                RescueRoom.raw(room.git(files, index, "ls-files", "-z", "-s").run()))) {
            String path = entry.substring(entry.indexOf('\t') + 1);
            if (entry.startsWith("160000") && UnsavedWork.holdsAnything(files.resolve(decoded(path)))) {
                nested.add(path);
            }
        }
        return nested;
    }

    /** Stores a nested repository's files as plain ones in place of a link to a commit that only it has. */
    private void takeNested(Path parent, String parentIndex, String path, String prefix) throws IOException {
        String name = decoded(path);
        Path files = parent.resolve(name);
        String index = "nested-" + ++nestedCount;
        Set<String> deeper = nested(files, index);
        StringBuilder paths = new StringBuilder(".\0");
        deeper.forEach(
                below -> paths.append(":(exclude,top,literal)").append(below).append('\0'));
        if (!untrackedFits(files, index, prefix + name + "/")) {
            return;
        }
        add(files, index, "-A", paths.toString());
        for (String below : deeper) {
            takeNested(files, index, below, prefix + name + "/");
        }
        String tree = room.git(files, index, "write-tree", "--missing-ok").run().line();
        room.git(parent, parentIndex, "update-index", "--force-remove", "-z", "--stdin")
                .input(RescueRoom.bytes(path + "\0"))
                .run();
        room.git(parent, parentIndex, "read-tree", "--prefix=" + name + "/", tree)
                .run();
        if (Files.exists(files.resolve(".git"), LinkOption.NOFOLLOW_LINKS)) {
            leftOut.add(
                    prefix + name + ": its files are kept, the history of this git repository in the worktree is not");
        }
    }

    private GitCommand git(String... arguments) {
        return room.git(directory, "index", arguments);
    }

    private static String decoded(String raw) {
        return new String(RescueRoom.bytes(raw), StandardCharsets.UTF_8);
    }

    private static List<String> split(String raw) {
        return raw.isEmpty() ? List.of() : List.of(raw.split("\0", 0));
    }
}
