package io.github.espalier.worktree.internal;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A folder of objects or refs, which git removes when it has become empty: perhaps just after it was made. */
final class FolderOfGit {
    private static final int MOST_TRIES = 3;

    private FolderOfGit() {}

    /** Makes a file. */
    @FunctionalInterface
    interface Making {
        void make() throws IOException;
    }

    /** Makes a file's folder and then the file, and both again where the folder has gone in between. */
    static void makeIn(Path folder, Making file) throws IOException {
        for (int tries = 1; ; tries++) {
            makeFolder(folder);
            try {
                file.make();
                return;
            } catch (NoSuchFileException e) {
                if (tries == MOST_TRIES) {
                    throw e;
                }
            }
        }
    }

    private static void makeFolder(Path folder) throws IOException {
        try {
            Files.createDirectories(folder);
        } catch (FileAlreadyExistsException e) {
            // git removed it between our two looks at it: the next try makes it
        }
    }
}
