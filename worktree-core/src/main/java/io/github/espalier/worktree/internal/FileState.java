package io.github.espalier.worktree.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What a file is, without following a link and without opening anything but regular files.
 *
 * @param kind {@code file}, {@code folder}, {@code link}, {@code other} or {@code unreadable}
 * @param content of a small file its SHA-256, of a large one size and time, of a link where it leads; else empty
 * @param mode its permissions, where there are any
 */
record FileState(String kind, String content, String mode) {
    /** The state of what lies at a path; empty: nothing does. */
    static Optional<FileState> of(Path file, long limit) {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (attributes.isSymbolicLink()) {
                return Optional.of(
                        new FileState("link", Files.readSymbolicLink(file).toString(), ""));
            } else if (attributes.isDirectory()) {
                return Optional.of(new FileState("folder", "", mode(file)));
            } else if (!attributes.isRegularFile()) {
                return Optional.of(new FileState("other", "", mode(file)));
            }
            String content = attributes.size() <= limit
                    ? hash(file)
                    : attributes.size() + " bytes at " + attributes.lastModifiedTime();
            return Optional.of(new FileState("file", content, mode(file)));
        } catch (NoSuchFileException | NotDirectoryException e) {
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(new FileState("unreadable", "", ""));
        }
    }

    private static String mode(Path file) throws IOException {
        PosixFileAttributeView view =
                Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        return view == null
                ? ""
                : PosixFilePermissions.toString(view.readAttributes().permissions());
    }

    /** A checksum of what a file holds, in hexadecimal digits. */
    static String hash(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
