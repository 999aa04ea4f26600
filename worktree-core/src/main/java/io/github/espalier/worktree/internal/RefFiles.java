package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.GitRepository;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.regex.Pattern;

/**
 * Reads and makes single refs in git's own files, as gitrepository-layout(5) describes them: a loose ref wins over one in
 * {@code packed-refs}, and is looked for first, since git packs a ref before it deletes the loose one. It takes a hundredth of the
 * time of a git process. Whatever is not plain is left to git.
 */
public final class RefFiles {
    private static final Pattern OBJECT_ID = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
    /** Bytes that a ref's file has at most. */
    static final int LONGEST = 4096;

    private RefFiles() {}

    /** What a look came to. */
    public sealed interface Found {
        /**
         * The ref is there.
         *
         * @param id what it points to
         */
        record Id(String id) implements Found {}

        /** There is no such ref. */
        record Nothing() implements Found {}

        /** Git has to be asked: a symbolic ref, another format, a file that cannot be read. */
        record Unclear() implements Found {}
    }

    /** Looks for a ref whose name git would take. */
    public static Found read(Path commonDirectory, String ref) {
        try {
            if (Files.exists(commonDirectory.resolve("reftable"))) {
                return new Found.Unclear();
            }
            Path loose = commonDirectory.resolve(ref);
            if (Files.isSymbolicLink(loose)) {
                return new Found.Unclear();
            }
            if (Files.isRegularFile(loose, LinkOption.NOFOLLOW_LINKS)) {
                return loose(loose);
            }
            return packed(commonDirectory.resolve("packed-refs"), ref);
        } catch (IOException | RuntimeException e) { // it may have gone between two looks
            return new Found.Unclear();
        }
    }

    /**
     * Makes a ref that is to keep a commit which has just been written.
     *
     * @return whether it was made; otherwise git has to be asked
     */
    public static boolean keep(GitRepository repository, String ref, String commit) {
        Path objects = repository.commonDirectory().resolve("objects");
        return Files.isRegularFile(LooseObject.file(objects, commit)) && create(repository, ref, commit);
    }

    /**
     * Makes a ref, with its log where it is a branch's and logs are kept.
     *
     * @param commit must be there
     * @return whether it was made; otherwise git has to be asked
     */
    static boolean create(GitRepository repository, String ref, String commit) {
        if (!PlainRepository.is(repository)) {
            return false;
        }
        Path file = repository.commonDirectory().resolve(ref);
        try {
            FolderOfGit.makeIn(file.resolveSibling(".").normalize(), () -> write(repository, ref, commit));
            return true;
        } catch (IOException | RuntimeException e) { // git will say what is wrong
            return false;
        }
    }

    /** As git does: under its lock's name, and on the disk before it takes its own. From then on a lock is another's. */
    private static void write(GitRepository repository, String ref, String commit) throws IOException {
        Path common = repository.commonDirectory();
        Path lock = common.resolve(ref + ".lock");
        boolean made = false;
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            try {
                if (!(read(common, ref) instanceof Found.Nothing) || isBesidePacked(common, ref)) {
                    throw new FileAlreadyExistsException(ref);
                }
                channel.write(ByteBuffer.wrap((commit + "\n").getBytes(StandardCharsets.US_ASCII)));
                channel.force(true);
                RefLog.create(repository, ref, commit);
                Files.move(lock, common.resolve(ref), StandardCopyOption.ATOMIC_MOVE);
                made = true;
            } finally {
                if (!made) {
                    Files.deleteIfExists(lock);
                }
            }
        }
    }

    /** Whether there may be refs in a folder. */
    static boolean hasBelow(Path commonDirectory, String folder) throws IOException {
        return Files.exists(commonDirectory.resolve("reftable"))
                || Files.exists(commonDirectory.resolve(folder), LinkOption.NOFOLLOW_LINKS)
                || packed(commonDirectory.resolve("packed-refs")).contains(" " + folder + "/");
    }

    static boolean isObjectId(String text) {
        return OBJECT_ID.matcher(text).matches();
    }

    private static Found loose(Path file) throws IOException {
        if (Files.size(file) > LONGEST) {
            return new Found.Unclear();
        }
        String text = Files.readString(file, StandardCharsets.ISO_8859_1).stripTrailing();
        return isObjectId(text) ? new Found.Id(text) : new Found.Unclear();
    }

    private static Found packed(Path file, String ref) throws IOException {
        String lines = packed(file);
        int name = lines.indexOf(" " + bytes(ref) + "\n");
        if (name < 0) {
            return new Found.Nothing();
        }
        String id = lines.substring(lines.lastIndexOf('\n', name) + 1, name);
        return isObjectId(id) ? new Found.Id(id) : new Found.Unclear();
    }

    /** Whether there is a packed ref of which this would be a folder, or which would be one of this; loose ones are in the way. */
    private static boolean isBesidePacked(Path common, String ref) throws IOException {
        String lines = packed(common.resolve("packed-refs"));
        boolean beside = lines.contains(" " + bytes(ref) + "/");
        for (int slash = ref.indexOf('/'); slash >= 0 && !beside; slash = ref.indexOf('/', slash + 1)) {
            beside = lines.contains(" " + bytes(ref.substring(0, slash)) + "\n");
        }
        return beside;
    }

    /** All lines, with one character for each byte. */
    private static String packed(Path file) throws IOException {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
    }

    private static String bytes(String ref) {
        return new String(ref.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
