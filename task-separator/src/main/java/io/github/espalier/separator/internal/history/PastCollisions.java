package io.github.espalier.separator.internal.history;

import io.github.espalier.separator.internal.predict.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.merge.MergeAlgorithm;
import org.eclipse.jgit.merge.MergeFormatter;
import org.eclipse.jgit.merge.MergeResult;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevTree;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * Whether two changes of the past would have collided, had the younger one been made where the older one was: what of a file
 * the younger one changed is merged onto what was there before the older one, and then both are merged. A younger change that
 * goes onto neither needs something in between, and tells nothing. Not thread-safe.
 */
public final class PastCollisions implements AutoCloseable {
    private static final int LARGEST = 400_000;

    private final Repository repository;
    private final ObjectReader reader;
    private final MergeAlgorithm merging = new MergeAlgorithm();

    /** Of changes in a repository. */
    public PastCollisions(Repository repository) {
        this.repository = repository;
        reader = repository.newObjectReader();
    }

    /**
     * What came, or would have come, of two changes to some files.
     *
     * @param paths files that both touched, as they are called in both
     */
    public Outcome of(RevCommit older, RevCommit younger, Collection<String> paths) throws IOException {
        if (older.getParentCount() == 0 || younger.getParentCount() == 0) {
            return Outcome.UNKNOWN;
        }
        try (RevWalk walk = new RevWalk(reader)) {
            RevTree before = walk.parseCommit(older.getParent(0)).getTree();
            RevTree between = walk.parseCommit(younger.getParent(0)).getTree();
            boolean collided = false;
            for (String path : paths) {
                Outcome outcome = of(
                        content(before, path),
                        content(older.getTree(), path),
                        content(between, path),
                        content(younger.getTree(), path));
                if (outcome == Outcome.UNKNOWN) {
                    return outcome;
                }
                collided |= outcome == Outcome.COLLIDED;
            }
            return collided ? Outcome.COLLIDED : Outcome.CLEAN;
        } catch (MissingObjectException e) { // a partial clone
            return Outcome.UNKNOWN;
        }
    }

    /** Of one file: before the older change, after it, before the younger one, after it. */
    private Outcome of(
            Optional<RawText> before, Optional<RawText> older, Optional<RawText> between, Optional<RawText> younger)
            throws IOException {
        if (List.of(before, older, between, younger).stream().anyMatch(Optional::isEmpty)) {
            // One made the file that the other changes, or takes it away; where both leave the same, nothing is amiss.
            return before.isPresent() == younger.isPresent() && before.isEmpty() ? Outcome.CLEAN : Outcome.COLLIDED;
        }
        MergeResult<RawText> without = merge(between.get(), before.get(), younger.get());
        if (without.containsConflicts()) {
            return merge(between.get(), older.get(), younger.get()).containsConflicts()
                    ? Outcome.UNKNOWN
                    : Outcome.COLLIDED;
        }
        ByteArrayOutputStream merged = new ByteArrayOutputStream();
        new MergeFormatter().formatMerge(merged, without, List.of("", "", ""), StandardCharsets.UTF_8);
        RawText alone = new RawText(merged.toByteArray());
        return merge(before.get(), older.get(), alone).containsConflicts() ? Outcome.COLLIDED : Outcome.CLEAN;
    }

    private MergeResult<RawText> merge(RawText base, RawText ours, RawText theirs) {
        return merging.merge(RawTextComparator.DEFAULT, base, ours, theirs);
    }

    /** Empty: no file is there, or one that is not merged line by line. */
    private Optional<RawText> content(RevTree tree, String path) throws IOException {
        try (TreeWalk walk = TreeWalk.forPath(repository, reader, path, tree)) {
            if (walk == null || (walk.getRawMode(0) & 0170000) != 0100000) {
                return Optional.empty();
            }
            ObjectId id = walk.getObjectId(0);
            ObjectLoader file = reader.open(id, Constants.OBJ_BLOB);
            byte[] bytes = file.getSize() > LARGEST ? new byte[] {0} : file.getBytes();
            return RawText.isBinary(bytes) ? Optional.empty() : Optional.of(new RawText(bytes));
        }
    }

    @Override
    public void close() {
        reader.close();
    }
}
