package io.github.espalier.worktree;

import java.nio.file.Path;

/** A merge that an engine refuses because its result might differ from git's. */
public final class UnsupportedMergeException extends WorktreeException {
    private static final long serialVersionUID = 1L;

    /** What the engine cannot do. */
    public enum Reason {
        /** The repository's object ids are SHA-256. */
        SHA256("its object ids are SHA-256"),
        /** The repository is a partial clone: objects may be missing here. */
        PARTIAL_CLONE("it is a partial clone"),
        /** The repository has objects replaced by {@code refs/replace/}. */
        REPLACED_OBJECTS("it has replaced objects (refs/replace/)"),
        /** {@code merge.renormalize} is on. */
        RENORMALIZE("merge.renormalize is on"),
        /** A merge driver is configured for a path that both sides changed. */
        MERGE_DRIVER("a merge driver is configured for a path that both sides changed"),
        /** Too many files were added and removed to tell which of them were renamed. */
        RENAMES("renames cannot be told"),
        /** The sides have more than two best common ancestors, or two that conflict with one another. */
        MERGE_BASES("the two sides have several common ancestors"),
        /** The repository's format or an object in it is one that the engine cannot read. */
        UNREADABLE("JGit cannot read it");

        private final String words;

        Reason(String words) {
            this.words = words;
        }
    }

    /** See {@link #repository()}. */
    private final transient Path repository;
    /** See {@link #reason()}. */
    private final Reason reason;

    /**
     * Creates an exception.
     *
     * @param repository the repository's common directory
     * @param reason what the engine cannot do
     * @param detail what exactly, such as the path; may be empty
     */
    public UnsupportedMergeException(Path repository, Reason reason, String detail) {
        super("JGit does not merge in " + repository + ": " + reason.words
                + (detail.isEmpty() ? "" : " (" + detail + ")") + "; use the git program's engine");
        this.repository = repository;
        this.reason = reason;
    }

    /**
     * Where.
     *
     * @return the repository's common directory
     */
    public Path repository() {
        return repository;
    }

    /**
     * Why.
     *
     * @return what the engine cannot do
     */
    public Reason reason() {
        return reason;
    }
}
