package io.github.espalier.worktree.fidelity;

/**
 * What a path of a made-up tree has.
 *
 * @param mode as git writes it
 * @param content a character for each byte; of a submodule its commit
 */
record TreeEntry(String mode, String content) {
    static final String FILE = "100644";
    static final String EXECUTABLE = "100755";
    static final String LINK = "120000";
    static final String SUBMODULE = "160000";

    boolean isFile() {
        return mode.equals(FILE) || mode.equals(EXECUTABLE);
    }

    /** A file, a link or a submodule. */
    String type() {
        return mode.substring(0, 3);
    }

    TreeEntry with(String newContent) {
        return new TreeEntry(mode, newContent);
    }

    @Override
    public String toString() {
        return mode + " " + content.replace("\n", "|").replace("\r", "^").replace("\0", "0");
    }
}
