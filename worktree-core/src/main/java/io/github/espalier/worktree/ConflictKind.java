package io.github.espalier.worktree;

/** Why a path could not be merged. Each kind has a word that stays the same in reports and on the command line. */
public enum ConflictKind {
    /** Both sides changed the same lines. */
    CONTENT("content"),
    /** One side changed the file, the other deleted it. */
    MODIFY_DELETE("modify/delete"),
    /** Both sides renamed the file, to different names. */
    RENAME_RENAME("rename/rename"),
    /** One side renamed the file, the other deleted it. */
    RENAME_DELETE("rename/delete"),
    /** Both sides added the path, or renamed a file to it, with different content. */
    ADD_ADD("add/add"),
    /** A file on one side, a directory on the other. */
    DIRECTORY_FILE("directory/file"),
    /** Both sides changed what the path is: a file here, a symbolic link or submodule there; or two different modes. */
    MODE("mode"),
    /** A submodule that both sides moved to commits of which neither is known to contain the other. */
    SUBMODULE("submodule"),
    /** Both sides changed a file that cannot be merged line by line. */
    BINARY("binary"),
    /** Anything else, such as a directory that was renamed to several places. */
    OTHER("other");

    private final String word;

    ConflictKind(String word) {
        this.word = word;
    }

    /**
     * The stable word for this kind.
     *
     * @return lower-case letters and {@code /}, as in {@code modify/delete}
     */
    public String word() {
        return word;
    }

    @Override
    public String toString() {
        return word;
    }
}
