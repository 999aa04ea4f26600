package io.github.espalier.separator.internal;

import io.github.espalier.separator.ProjectTree;
import io.github.espalier.separator.SeparationException;
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
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.TreeWalk;

/** Reads the files of a commit with JGit. */
public final class TreeReader {
    private TreeReader() {}

    public static ProjectTree read(Path directory, String revision) {
        FileRepositoryBuilder builder = new FileRepositoryBuilder()
                .setMustExist(true)
                .findGitDir(directory.toAbsolutePath().toFile());
        if (builder.getGitDir() == null) {
            builder.setGitDir(directory.toAbsolutePath().toFile()); // a bare repository
        }
        try (Repository repository = builder.build()) {
            ObjectId commit = repository.resolve(revision + "^{commit}");
            if (commit == null) {
                throw new SeparationException(
                        "revision \"" + revision + "\" is not in " + directory + "; name a commit or branch that is");
            }
            return read(repository, commit);
        } catch (IOException | RuntimeException e) {
            if (e instanceof SeparationException known) {
                throw known;
            }
            throw new SeparationException(
                    directory + ": revision \"" + revision + "\" cannot be read there (" + e.getMessage()
                            + "); name a folder in a git repository and a commit in it",
                    e);
        }
    }

    private static ProjectTree read(Repository repository, ObjectId commit) throws IOException {
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
