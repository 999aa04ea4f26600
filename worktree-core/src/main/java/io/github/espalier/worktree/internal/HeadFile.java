package io.github.espalier.worktree.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What a worktree has checked out, from its file {@code HEAD}. What is not plain is left to git. */
final class HeadFile {
    private static final String SYMBOLIC = "ref: ";

    private HeadFile() {}

    /** What the file says. */
    sealed interface Content {
        /**
         * A ref.
         *
         * @param ref its full name
         */
        record On(String ref) implements Content {}

        /**
         * A commit.
         *
         * @param id its id
         */
        record Detached(String id) implements Content {}
    }

    /**
     * Reads it.
     *
     * @return empty: git has to be asked, which may know of another place or format, or say that there is none
     */
    static Optional<Content> read(Path gitDirectory) {
        try {
            Path file = gitDirectory.resolve("HEAD");
            if (Files.isSymbolicLink(file) || Files.size(file) > RefFiles.LONGEST) {
                return Optional.empty();
            }
            String text = Files.readString(file, StandardCharsets.UTF_8).stripTrailing();
            if (RefFiles.isObjectId(text)) {
                return Optional.of(new Content.Detached(text));
            }
            // With reftables the file names refs/heads/.invalid, and HEAD is elsewhere.
            boolean plain = text.startsWith(SYMBOLIC + "refs/") && !text.contains("/.");
            return plain ? Optional.of(new Content.On(text.substring(SYMBOLIC.length()))) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * The ref that is checked out.
     *
     * @param otherwise {@code git symbolic-ref} there, for what the file does not tell
     * @return its full name; empty: HEAD is detached, or git names none
     */
    static Optional<String> ref(Path gitDirectory, GitCommand otherwise) {
        Optional<Content> content = read(gitDirectory);
        if (content.isPresent()) {
            return content.get() instanceof Content.On on ? Optional.of(on.ref()) : Optional.empty();
        }
        return Optional.of(otherwise.run().line()).filter(name -> !name.isEmpty());
    }
}
