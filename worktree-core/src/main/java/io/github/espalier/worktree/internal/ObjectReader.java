package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.WorktreeException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads many objects with one process. */
final class ObjectReader {
    private ObjectReader() {}

    /** The sizes of objects by their full ids, in bytes, in the order asked for. An object that is missing is left out. */
    static Map<String, Long> sizes(Git git, Collection<String> ids) {
        Map<String, Long> sizes = new LinkedHashMap<>();
        if (ids.isEmpty()) {
            return sizes;
        }
        git
                .command("cat-file", "--batch-check=%(objectname) %(objectsize)")
                .input(String.join("\n", ids) + "\n")
                .run()
                .lines()
                .stream()
                .filter(line -> !line.endsWith(" missing"))
                .map(line -> line.split(" ", 2))
                .forEach(idAndSize -> sizes.put(idAndSize[0], Long.valueOf(idAndSize[1])));
        return sizes;
    }

    /** The contents of objects by their full ids, in the order asked for. An object that is missing is left out. */
    static Map<String, byte[]> read(Git git, Collection<String> ids) {
        Map<String, byte[]> contents = new LinkedHashMap<>();
        if (ids.isEmpty()) {
            return contents;
        }
        byte[] output = git.command("cat-file", "--batch=%(objectname) %(objectsize)")
                .input(String.join("\n", ids) + "\n")
                .run()
                .bytes();
        int at = 0;
        while (at < output.length) {
            int lineEnd = at;
            while (output[lineEnd] != '\n') {
                lineEnd++;
            }
            String header = new String(output, at, lineEnd - at, StandardCharsets.US_ASCII);
            String[] idAndSize = header.split(" ", 2);
            at = lineEnd + 1;
            if (idAndSize.length < 2) {
                throw new WorktreeException("git cat-file printed what was not asked for: " + header);
            }
            if (!idAndSize[1].equals("missing")) {
                int size = Integer.parseInt(idAndSize[1]);
                contents.put(idAndSize[0], Arrays.copyOfRange(output, at, at + size));
                at += size + 1;
            }
        }
        return contents;
    }
}
