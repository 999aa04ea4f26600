package io.github.espalier.worktree.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A repository's common directory once more, with links to all that git needs there but for the configuration, which is our
 * own: what is written to the repository's or the user's meanwhile is not read. Whatever git writes goes to the repository.
 *
 * <p>A filter or merge driver may keep files of its own in the common directory, as git-lfs does, so that it is told the
 * real one.
 */
final class OwnCommonDirectory {
    /** Tells programs that git runs which directory is the real one. */
    private static final String REAL = "ESPALIER_COMMON_DIRECTORY";

    private static final String PROGRAM_PREFIX = "GIT_COMMON_DIR=$" + REAL + "; export GIT_COMMON_DIR; ";

    /** A link to what is not there yet is as good as none until it is. */
    private static final List<String> LINKED = List.of(
            "HEAD",
            "objects",
            "refs",
            "packed-refs",
            "reftable",
            "info",
            "shallow",
            "worktrees",
            "remotes",
            "branches");

    /** Git writes there, and would stumble over a link that leads nowhere. */
    private static final String LOGS = "logs";

    private static final String REPOSITORY = "config";
    private static final String USER = "user-config";

    private final Path directory;
    private final Path common;
    /** File → its text. */
    private final Map<String, String> written = new HashMap<>();

    /**
     * One that is to be made.
     *
     * @param directory an empty folder
     * @param common the real one
     */
    OwnCommonDirectory(Path directory, Path common) {
        this.directory = directory;
        this.common = common;
    }

    /** Makes it, without a configuration yet. A user's configuration, which may hold secrets, is nobody else's to read. */
    void make() throws IOException {
        if (Files.getFileStore(directory).supportsFileAttributeView(PosixFileAttributeView.class)) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        }
        for (String name : LINKED) {
            Files.createSymbolicLink(directory.resolve(name), common.resolve(name));
        }
        if (Files.isDirectory(common.resolve(LOGS))) {
            Files.createSymbolicLink(directory.resolve(LOGS), common.resolve(LOGS));
        }
    }

    /** Gives it a configuration in the place of any it had. */
    void configure(Configuration configuration) throws IOException {
        write(REPOSITORY, configuration.repository());
        write(USER, configuration.user());
    }

    /** Whether its configuration is as it was written: whoever works in the repository could write here. */
    boolean isUntouched() throws IOException {
        for (Map.Entry<String, String> file : written.entrySet()) {
            Path place = directory.resolve(file.getKey());
            if (!Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS)
                    || !Files.readString(place, StandardCharsets.ISO_8859_1).equals(file.getValue())) {
                return false;
            }
        }
        return true;
    }

    private void write(String file, List<Configuration.Setting> settings) throws IOException {
        String text = Configuration.text(settings, PROGRAM_PREFIX);
        Files.writeString(directory.resolve(file), text, StandardCharsets.ISO_8859_1);
        written.put(file, text);
    }

    /** What makes git use it. Objects are named apart, so that git can end what it is doing if this folder goes. */
    Map<String, String> environment() {
        return Map.of(
                "GIT_COMMON_DIR",
                directory.toString(),
                "GIT_OBJECT_DIRECTORY",
                common.resolve("objects").toString(),
                "GIT_CONFIG_GLOBAL",
                directory.resolve(USER).toString(),
                "GIT_CONFIG_NOSYSTEM",
                "1",
                REAL,
                common.toString());
    }
}
