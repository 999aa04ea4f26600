package io.github.espalier.worktree.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;

/** An index as a file, as git's {@code gitformat-index} describes it. */
final class IndexFile {
    private static final byte[] SIGNATURE = {'D', 'I', 'R', 'C'};
    private static final List<String> DIGESTS = List.of("SHA-1", "SHA-256");

    private IndexFile() {}

    /** Whether it was written to its end, where the checksum of all before stands, or zeroes with {@code index.skipHash}. */
    static boolean isWhole(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        return startsWithSignature(content) && DIGESTS.stream().anyMatch(digest -> endsWith(content, digest));
    }

    private static boolean startsWithSignature(byte[] content) {
        return content.length >= SIGNATURE.length
                && Arrays.equals(content, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length);
    }

    private static boolean endsWith(byte[] content, String algorithm) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            int end = content.length - digest.getDigestLength();
            if (end < 0) {
                return false;
            }
            byte[] checksum = Arrays.copyOfRange(content, end, content.length);
            digest.update(content, 0, end);
            return Arrays.equals(checksum, digest.digest()) || Arrays.equals(checksum, new byte[checksum.length]);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
