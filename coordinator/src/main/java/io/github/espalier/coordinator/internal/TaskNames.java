package io.github.espalier.coordinator.internal;

import io.github.espalier.worktree.GitRepository;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/** Makes names of directories, branches and refs from a task's id, whatever the id holds. */
final class TaskNames {
    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
    private static final int LONGEST = 60;
    private static final Set<String> RESERVED = Set.of(
            "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "lpt1",
            "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9");

    private final GitRepository repository;
    private final String directoryTemplate;
    private final String branchTemplate;

    TaskNames(GitRepository repository, String directoryTemplate, String branchTemplate) {
        this.repository = repository;
        this.directoryTemplate = directoryTemplate;
        this.branchTemplate = branchTemplate;
    }

    /** The id itself where it can be a file name and part of a ref everywhere; else its safe part and a checksum. */
    static String slug(String id) {
        String base = id.toLowerCase(Locale.ROOT).replaceFirst("\\..*", "");
        boolean fine = id.length() <= LONGEST
                && SAFE.matcher(id).matches()
                && !id.contains("..")
                && !id.endsWith(".")
                && !id.endsWith(".lock")
                && !RESERVED.contains(base);
        if (fine) {
            return id;
        }
        CRC32C crc = new CRC32C();
        crc.update(id.getBytes(StandardCharsets.UTF_8));
        String readable = id.replaceAll("[^A-Za-z0-9]+", "-").replaceAll("^-|-$", "");
        String head = readable.substring(0, Math.min(readable.length(), LONGEST - 10));
        return (head.isEmpty() ? "task" : head) + "-" + String.format("%08x", crc.getValue());
    }

    /** The directory for the n-th name of a task; 1 is the plain one. */
    Path directory(String id, int n) {
        String name = fill(directoryTemplate, id, n);
        return repository.parent().resolve(name).normalize();
    }

    String branch(String id, int n) {
        return fill(branchTemplate, id, n);
    }

    private String fill(String template, String id, int n) {
        String slug = slug(id) + (n == 1 ? "" : "-" + n);
        return template.replace("{id}", slug).replace("{repository}", repository.name());
    }
}
