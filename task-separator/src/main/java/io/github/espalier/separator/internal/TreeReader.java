package io.github.espalier.separator.internal;

import io.github.espalier.separator.ProjectTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/** Reads the files of a commit with JGit. */
public final class TreeReader {
    private TreeReader() {}

    public static ProjectTree read(Path directory, String revision) {
        return Repositories.read(directory, revision, TreeReader::read);
    }

    public static ProjectTree read(Repository repository, ObjectId commit) throws IOException {
        List<String> paths = new ArrayList<>();
        Map<String, String> links = new HashMap<>();
        try (RevWalk commits = new RevWalk(repository);
                TreeWalk walk = new TreeWalk(repository)) {
            walk.addTree(commits.parseCommit(commit).getTree());
            walk.setRecursive(true);
            while (walk.next()) {
                paths.add(walk.getPathString());
                if (FileMode.SYMLINK.equals(walk.getRawMode(0))) {
                    byte[] target = repository.open(walk.getObjectId(0)).getBytes();
                    links.put(walk.getPathString(), new String(target, StandardCharsets.UTF_8));
                }
            }
        }
        return ProjectTree.of(paths, links);
    }
}
