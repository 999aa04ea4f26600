package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.Worktree;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.util.FS;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An entry of a worktree's index at whose file {@code git status} does not look.
 *
 * @param path its path; of one that is not UTF-8, with U+FFFD
 * @param hidden whether it is marked to be taken for unchanged, or not to be there
 * @param gitlink whether it is a commit of another repository
 */
record IndexFlags(String path, boolean hidden, boolean gitlink) {
    private static final Logger log = LoggerFactory.getLogger(IndexFlags.class);

    /** All of them. The index is read in this process, which takes less than to start git; git is asked where JGit cannot. */
    static List<IndexFlags> peculiar(Worktree worktree) {
        File index = worktree.gitDirectory().resolve("index").toFile();
        if (index.isFile()) {
            try {
                return byJGit(index);
            } catch (IOException | RuntimeException e) { // split, sparse, or of a format that it does not know
                log.atDebug().addKeyValue("index", index).setCause(e).log("Cannot be read in this process; asking git");
            }
        }
        return byGit(worktree);
    }

    private static List<IndexFlags> byJGit(File file) throws IOException {
        DirCache index = DirCache.read(file, FS.DETECTED);
        List<IndexFlags> entries = new ArrayList<>();
        for (int i = 0; i < index.getEntryCount(); i++) {
            DirCacheEntry entry = index.getEntry(i);
            boolean hidden = entry.isAssumeValid() || entry.isSkipWorkTree();
            boolean gitlink = FileMode.GITLINK.equals(entry.getRawMode());
            if (hidden || gitlink) {
                entries.add(new IndexFlags(entry.getPathString(), hidden, gitlink));
            }
        }
        return entries;
    }

    static List<IndexFlags> byGit(Worktree worktree) {
        GitResult listed =
                Git.in(worktree).offline().command("ls-files", "-z", "-v", "-s").run();
        return IndexEntry.parse(listed).values().stream()
                .map(entry -> new IndexFlags(
                        new String(entry.path().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8),
                        entry.isPromisedUnchanged() || entry.isSkipped(),
                        entry.isGitlink()))
                .filter(entry -> entry.hidden() || entry.gitlink())
                .toList();
    }
}
