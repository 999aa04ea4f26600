package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.GitRepository;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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
     * Makes a ref that nobody else would make, at a commit that has just been written.
     *
     * @return whether it was made; otherwise git has to be asked
     */
    public static boolean create(GitRepository repository, String ref, String id) {
        Path common = repository.commonDirectory();
        if (!PlainRepository.is(repository)
                || !(read(common, ref) instanceof Found.Nothing)
                || !Files.isRegularFile(LooseObject.file(common.resolve("objects"), id))) {
            return false;
        }
        Path file = common.resolve(ref);
        try {
            FolderOfGit.makeIn(file.resolveSibling(".").normalize(), () -> write(file, id));
            return true;
        } catch (IOException e) { // git will say what is wrong
            return false;
        }
    }

    /** As git does: under its lock's name, and on the disk before it takes its own. From then on a lock is another's. */
    private static void write(Path file, String id) throws IOException {
        Path lock = file.resolveSibling(file.getFileName() + ".lock");
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            try {
                channel.write(ByteBuffer.wrap((id + "\n").getBytes(StandardCharsets.US_ASCII)));
                channel.force(true);
                Files.move(lock, file, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                Files.deleteIfExists(lock);
                throw e;
            }
        }
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
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return new Found.Nothing();
        }
        try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
            Optional<String> id = lines.filter(line -> line.endsWith(ref)
                            && line.length() > ref.length()
                            && line.charAt(line.length() - ref.length() - 1) == ' ')
                    .map(line -> line.substring(0, line.length() - ref.length() - 1))
                    .findFirst();
            if (id.isEmpty()) {
                return new Found.Nothing();
            }
            return isObjectId(id.get()) ? new Found.Id(id.get()) : new Found.Unclear();
        }
    }
}
