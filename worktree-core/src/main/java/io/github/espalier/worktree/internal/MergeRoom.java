package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.WorktreeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What {@code git merge-tree} finds around it while it merges: a folder of our own in the place of a working tree.
 *
 * <p>git (up to 2.40 in any way, later by default) reads {@code .gitattributes} from the working tree it is started in.
 * {@code git merge} has our side checked out there. To give its result, and not that of whatever a checkout has at the
 * moment, the folder holds our side's attribute files, and {@code .gitmodules}, by which git finds the repositories of
 * submodules. It also holds the configuration that switches merge drivers and filters off.
 */
final class MergeRoom implements AutoCloseable {
    private static final String ATTRIBUTES = ".gitattributes";
    private static final String MODULES = ".gitmodules";
    private static final Set<String> REGULAR_FILE = Set.of("100644", "100755");
    /** Longer than any attribute file that git reads. */
    private static final int LONGEST_FILE = 100 << 20;

    private final Git git;
    private final Path directory;

    private MergeRoom(Git git, Path directory) {
        this.git = git;
        this.directory = directory;
    }

    static MergeRoom open(Git git, String tree) {
        try {
            MergeRoom room = new MergeRoom(git, Files.createTempDirectory("espalier-merge"));
            try {
                Files.createDirectory(room.workTree());
                room.checkOutAttributes(tree);
                Files.writeString(room.configuration(), room.noDrivers());
                return room;
            } catch (IOException | RuntimeException e) {
                room.close();
                throw e;
            }
        } catch (IOException e) {
            throw new WorktreeException(
                    "no room for a merge in the temporary folder " + System.getProperty("java.io.tmpdir") + ": " + e,
                    e);
        }
    }

    Path workTree() {
        return directory.resolve("tree");
    }

    /** A file for {@code include.path}: read after the repository's own, so that it wins. */
    Path configuration() {
        return directory.resolve("config");
    }

    private void checkOutAttributes(String tree) throws IOException {
        Map<String, String> files = attributeFiles(tree);
        if (files.isEmpty()) {
            return;
        }
        Map<String, byte[]> contents = ObjectReader.read(git, new TreeSet<>(files.values()));
        for (Map.Entry<String, String> file : files.entrySet()) {
            byte[] content = contents.get(file.getValue());
            Optional<Path> place = place(file.getKey());
            if (content != null && content.length < LONGEST_FILE && place.isPresent()) {
                Files.createDirectories(
                        Optional.ofNullable(place.get().getParent()).orElse(workTree()));
                Files.write(place.get(), content);
            }
        }
    }

    private Map<String, String> attributeFiles(String tree) {
        Map<String, String> files = new TreeMap<>();
        for (String entry : git.command("ls-tree", "-r", "-z", tree).run().nulSeparated()) {
            if (entry.endsWith(ATTRIBUTES) || entry.endsWith("\t" + MODULES)) {
                int tab = entry.indexOf('\t');
                String path = entry.substring(tab + 1);
                String[] modeTypeId = entry.substring(0, tab).split(" ", 3);
                boolean named = path.equals(MODULES) || path.equals(ATTRIBUTES) || path.endsWith("/" + ATTRIBUTES);
                // git follows no symbolic link here, so neither do we
                if (named && REGULAR_FILE.contains(modeTypeId[0])) {
                    files.put(path, modeTypeId[2]);
                }
            }
        }
        return files;
    }

    /** Where a file goes; nowhere if its path, which a stranger may have made up, leads out of the folder. */
    private Optional<Path> place(String path) {
        String unnameable = "the folder of " + path + " cannot be named here, so that its attributes would be missed:"
                + " run Java with a UTF-8 locale (LC_ALL=C.UTF-8)";
        if (path.indexOf('\uFFFD') >= 0) {
            throw new WorktreeException(unnameable);
        }
        try {
            Path place = workTree().resolve(path);
            boolean inside = place.normalize().equals(place) && place.startsWith(workTree());
            return inside ? Optional.of(place) : Optional.empty();
        } catch (InvalidPathException e) {
            throw new WorktreeException(unnameable, e);
        }
    }

    /**
     * Overrides for every merge driver, and for every filter if a merge would run them. A driver that fails makes a conflict,
     * which a person can look at; without a driver git would merge lines, which whoever configured one did not want.
     */
    private String noDrivers() {
        List<String> keys = git.command("config", "--null", "--name-only", "--get-regexp", "^(merge|filter)\\.")
                .accept(1)
                .run()
                .nulSeparated();
        StringBuilder text = new StringBuilder();
        for (String driver : subsections(keys, "merge.")) {
            text.append(section("merge", driver)).append("\tdriver = exit 1\n");
        }
        if (keys.contains("merge.renormalize")) {
            for (String filter : subsections(keys, "filter.")) {
                text.append(section("filter", filter))
                        .append("\tclean =\n\tsmudge =\n\tprocess =\n\trequired = false\n");
            }
        }
        return text.toString();
    }

    private static Set<String> subsections(List<String> keys, String prefix) {
        Set<String> names = new TreeSet<>();
        for (String key : keys) {
            int end = key.lastIndexOf('.');
            if (key.startsWith(prefix) && end >= prefix.length()) {
                names.add(key.substring(prefix.length(), end));
            }
        }
        return names;
    }

    private static String section(String name, String subsection) {
        return "[" + name + " \"" + subsection.replace("\\", "\\\\").replace("\"", "\\\"") + "\"]\n";
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new WorktreeException("the temporary folder " + directory + " cannot be removed: " + e, e);
        }
    }
}
