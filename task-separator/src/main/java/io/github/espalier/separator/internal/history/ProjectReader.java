package io.github.espalier.separator.internal.history;

import io.github.espalier.separator.PastChange;
import io.github.espalier.separator.PathChange;
import io.github.espalier.separator.internal.predict.Project;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;

/** Moves what is known of a project from commit to commit: changes, files, contents. Not thread-safe. */
public final class ProjectReader implements AutoCloseable {
    private static final int LARGEST_TEXT = 400_000;
    private static final int PROBE = 4_000;

    private final Repository repository;
    private final ObjectReader reader;
    private final TreeDiff trees;
    private final Project project = new Project();
    private @Nullable RevCommit at;
    private int missing;

    /** Begins with nothing. */
    public ProjectReader(Repository repository) {
        this.repository = repository;
        reader = repository.newObjectReader();
        trees = new TreeDiff(reader);
    }

    /** What is known. */
    public Project project() {
        return project;
    }

    /** How often the content of a file was not there to be read. */
    public int missing() {
        return missing;
    }

    /**
     * Adds what a commit reaches, beyond what was added already.
     *
     * @param most how many changes to read at most, the latest ones
     * @param known changes that were read already, by commit
     */
    public void moveTo(ObjectId commit, int most, Map<String, PastChange> known) throws IOException {
        try (RevWalk walk = new RevWalk(reader)) {
            RevCommit next = walk.parseCommit(commit);
            HistoryMiner.read(repository, next, at, most, known).forEach(project::add);
            moveTree(at == null ? null : at.getTree(), next.getTree());
            at = next;
        }
    }

    private void moveTree(@Nullable ObjectId before, ObjectId after) throws IOException {
        trees.between(before, after, (path, old, now, link) -> {
            if (now == null) {
                project.vanish(path);
            } else {
                project.appear(path);
                read(path, now, link);
            }
        });
    }

    private void read(String path, ObjectId id, boolean link) throws IOException {
        ObjectLoader file;
        try {
            file = reader.open(id, Constants.OBJ_BLOB);
        } catch (MissingObjectException e) { // a partial clone
            missing++;
            project.content(path, "", 0);
            return;
        }
        String text = link || file.getSize() > LARGEST_TEXT ? "" : text(file.getBytes());
        project.content(path, text, (int) Math.min(Integer.MAX_VALUE, file.getSize()));
    }

    private static String text(byte[] content) {
        for (int i = 0; i < Math.min(PROBE, content.length); i++) {
            if (content[i] == 0) {
                return "";
            }
        }
        return new String(content, StandardCharsets.UTF_8);
    }

    /** What a commit changed against its first parent. */
    public List<PathChange> changes(RevCommit commit) throws IOException {
        try (RevWalk walk = new RevWalk(reader)) {
            ObjectId before = commit.getParentCount() == 0
                    ? null
                    : walk.parseCommit(commit.getParent(0)).getTree();
            return HistoryMiner.paths(trees, before, commit.getTree());
        }
    }

    /** A commit and those before it on the line of first parents, the oldest first. */
    public List<RevCommit> line(ObjectId tip, int most) throws IOException {
        List<RevCommit> line = new ArrayList<>();
        try (RevWalk walk = new RevWalk(reader)) {
            RevCommit commit = walk.parseCommit(tip);
            while (line.size() < most) {
                line.add(commit);
                if (commit.getParentCount() == 0) {
                    break;
                }
                commit = walk.parseCommit(commit.getParent(0));
            }
        }
        Collections.reverse(line);
        return line;
    }

    @Override
    public void close() {
        reader.close();
    }
}
