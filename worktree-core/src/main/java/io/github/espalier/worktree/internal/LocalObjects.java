package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.GitRepository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
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

    /**
     * JGit reads the whole index of a pack: some 250,000 objects in about ten milliseconds. Git maps it, and takes no longer
     * for ten times as many.
     */
    private static final long MOST_OF_INDEXES = 8 << 20;

    private LocalObjects() {}

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

    /** The tree of a commit. */
    public static Optional<String> tree(GitRepository repository, String commit) {
        return commit(repository, commit).map(Revisions.Commit::tree);
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
    static Optional<List<TreeDifference>> differences(GitRepository repository, String from, String to) {
        return read(repository, List.of(from, to), (objects, walk) -> {
            try (TreeWalk both = new TreeWalk(objects, walk.getObjectReader())) {
                both.addTree(walk.parseTree(ObjectId.fromString(from)));
                both.addTree(walk.parseTree(ObjectId.fromString(to)));
                both.setRecursive(true);
                both.setFilter(TreeFilter.ANY_DIFF);
                List<TreeDifference> differences = new ArrayList<>();
                while (both.next()) {
                    differences.add(new TreeDifference(
                            String.format("%06o", both.getRawMode(0)),
                            String.format("%06o", both.getRawMode(1)),
                            both.getObjectId(1).name(),
                            new String(both.getRawPath(), StandardCharsets.ISO_8859_1)));
                }
                return differences;
            }
        });
    }

    /**
     * All objects that commits bring: themselves, those that come before them and not before others, and what their trees hold
     * that no parent's holds in the same place. Whether they are there is not looked at.
     *
     * @param known the others
     */
    static Optional<Set<String>> brought(Path commonDirectory, Collection<String> commits, Collection<String> known) {
        List<String> all = new ArrayList<>(commits);
        all.addAll(known);
        return read(commonDirectory, all, (objects, walk) -> {
            for (String commit : commits) {
                walk.markStart(walk.parseCommit(ObjectId.fromString(commit)));
            }
            for (String commit : known) {
                walk.markUninteresting(walk.parseCommit(ObjectId.fromString(commit)));
            }
            Set<String> brought = new HashSet<>();
            int commitsSeen = 0;
            for (RevCommit commit = walk.next(); commit != null; commit = walk.next()) {
                if (++commitsSeen > MOST_COMMITS) {
                    throw new IOException("more than " + MOST_COMMITS + " commits");
                }
                brought.add(commit.name());
                addNew(walk, commit, brought);
            }
            return brought;
        });
    }

    private static void addNew(RevWalk walk, RevCommit commit, Set<String> brought) throws IOException {
        brought.add(commit.getTree().name());
        try (TreeWalk trees = new TreeWalk(walk.getObjectReader())) {
            trees.addTree(commit.getTree());
            for (RevCommit parent : commit.getParents()) {
                trees.addTree(walk.parseCommit(parent).getTree());
            }
            while (trees.next()) {
                if (isNew(trees)) {
                    brought.add(trees.getObjectId(0).name());
                    if (trees.isSubtree()) {
                        trees.enterSubtree();
                    }
                }
            }
        }
    }

    /** Submodules' commits are not this repository's. */
    private static boolean isNew(TreeWalk trees) {
        if (trees.getRawMode(0) == FileMode.TYPE_MISSING || FileMode.GITLINK.equals(trees.getRawMode(0))) {
            return false;
        }
        for (int parent = 1; parent < trees.getTreeCount(); parent++) {
            if (trees.getRawMode(parent) == trees.getRawMode(0) && trees.idEqual(0, parent)) {
                return false;
            }
        }
        return true;
    }

    private static <T> Optional<T> read(GitRepository repository, List<String> ids, Reading<T> reading) {
        return read(repository.commonDirectory(), ids, reading);
    }

    private static <T> Optional<T> read(Path commonDirectory, List<String> ids, Reading<T> reading) {
        if (!ids.stream().allMatch(ObjectId::isId) || !isSmall(commonDirectory)) {
            return Optional.empty();
        }
        try (Repository objects = KeptRepositories.open(commonDirectory);
                RevWalk walk = new RevWalk(objects)) {
            return Optional.of(reading.read(objects, walk));
        } catch (IOException | RuntimeException e) {
            log.atDebug().addKeyValue("objects", ids).setCause(e).log("Cannot be read in this process; asking git");
            return Optional.empty();
        }
    }

    /** Whether the packs' indexes are read sooner than a git process has started; another repository's are not known. */
    private static boolean isSmall(Path commonDirectory) {
        Path objects = commonDirectory.resolve("objects");
        long bytes = 0;
        try (DirectoryStream<Path> indexes = Files.newDirectoryStream(objects.resolve("pack"), "*.idx")) {
            for (Path index : indexes) {
                bytes += Files.size(index);
            }
        } catch (IOException | DirectoryIteratorException e) { // one has just gone, for example
            return false;
        }
        return bytes <= MOST_OF_INDEXES && !Files.exists(objects.resolve("info/alternates"));
    }
}
