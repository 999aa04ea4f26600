package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.GitRepository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits and trees, read in this process, where a git process takes many times as long. An empty answer says nothing: then
 * git has to be asked, which can fetch objects and knows formats that JGit does not. Replaced objects are read as they were
 * before.
 */
public final class LocalObjects {
    private static final Logger log = LoggerFactory.getLogger(LocalObjects.class);

    private static final int MOST_COMMITS = 1000;

    private LocalObjects() {}

    /**
     * What stands at a path in one tree and not, or otherwise, in another.
     *
     * @param mode in octal digits; zeros: nothing stands there any more
     * @param id of the object
     * @param rawPath its bytes, one a character: a name need not be UTF-8
     */
    record Change(String mode, String id, String rawPath) {}

    private interface Reading<T> {
        T read(Repository repository, RevWalk walk) throws IOException;
    }

    /** A commit by its full id. */
    static Optional<Revisions.Commit> commit(GitRepository repository, String id) {
        return read(repository, List.of(id), (objects, walk) -> {
            RevCommit commit = walk.parseCommit(ObjectId.fromString(id));
            return new Revisions.Commit(commit.name(), commit.getTree().name());
        });
    }

    /** Whether a commit names another as a parent. */
    public static boolean isParent(GitRepository repository, String parent, String child) {
        return read(repository, List.of(parent, child), (objects, walk) -> {
                    for (RevCommit each :
                            walk.parseCommit(ObjectId.fromString(child)).getParents()) {
                        if (each.name().equals(parent)) {
                            return true;
                        }
                    }
                    return false;
                })
                .orElse(false);
    }

    /** Those of some commits that a commit is or comes from; of a long history only the younger part is looked at. */
    static Set<String> reached(GitRepository repository, String from, Collection<String> commits) {
        return read(repository, List.of(from), (objects, walk) -> {
                    Set<String> reached = new HashSet<>();
                    walk.markStart(walk.parseCommit(ObjectId.fromString(from)));
                    for (int seen = 0; seen < MOST_COMMITS && reached.size() < commits.size(); seen++) {
                        RevCommit next = walk.next();
                        if (next == null) {
                            break;
                        }
                        if (commits.contains(next.name())) {
                            reached.add(next.name());
                        }
                    }
                    return reached;
                })
                .orElse(Set.of());
    }

    /** What differs between two commits' or two trees' files. */
    static Optional<List<Change>> changes(GitRepository repository, String from, String to) {
        return read(repository, List.of(from, to), (objects, walk) -> {
            try (TreeWalk both = new TreeWalk(objects, walk.getObjectReader())) {
                both.addTree(walk.parseTree(ObjectId.fromString(from)));
                both.addTree(walk.parseTree(ObjectId.fromString(to)));
                both.setRecursive(true);
                both.setFilter(TreeFilter.ANY_DIFF);
                List<Change> changes = new ArrayList<>();
                while (both.next()) {
                    changes.add(new Change(
                            String.format("%06o", both.getRawMode(1)),
                            both.getObjectId(1).name(),
                            new String(both.getRawPath(), StandardCharsets.ISO_8859_1)));
                }
                return changes;
            }
        });
    }

    private static <T> Optional<T> read(GitRepository repository, List<String> ids, Reading<T> reading) {
        if (!ids.stream().allMatch(ObjectId::isId)) {
            return Optional.empty();
        }
        try (Repository objects = new FileRepositoryBuilder()
                        .setGitDir(repository.commonDirectory().toFile())
                        .setMustExist(true)
                        .build();
                RevWalk walk = new RevWalk(objects)) {
            return Optional.of(reading.read(objects, walk));
        } catch (IOException | RuntimeException e) {
            log.atDebug().addKeyValue("objects", ids).setCause(e).log("Cannot be read in this process; asking git");
            return Optional.empty();
        }
    }
}
