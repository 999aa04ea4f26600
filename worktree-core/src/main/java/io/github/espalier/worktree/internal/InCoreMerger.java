package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.Conflict;
import io.github.espalier.worktree.ConflictKind;
import io.github.espalier.worktree.MergeOutcome;
import io.github.espalier.worktree.Side;
import io.github.espalier.worktree.UnsupportedMergeException.Reason;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.jgit.dircache.DirCacheBuildIterator;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.merge.MergeAttributes;
import org.eclipse.jgit.merge.RecursiveMerger;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevTree;
import org.eclipse.jgit.treewalk.AbstractTreeIterator;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.eclipse.jgit.treewalk.WorkingTreeIterator;
import org.jspecify.annotations.Nullable;

/** JGit's recursive merger on objects alone, with git's names for what it leaves unmerged. Used once. */
final class InCoreMerger extends RecursiveMerger {
    private final Repository objects;
    private final JGitLimits limits;
    /** The common ancestor, made up by a merge of its own where there are several. */
    private @Nullable RevCommit base;

    InCoreMerger(Repository objects, JGitLimits limits) {
        super(objects, true);
        this.objects = objects;
        this.limits = limits;
        setAttributesNodeProvider(objects.createAttributesNodeProvider());
    }

    MergeOutcome outcome(RevCommit ours, RevCommit theirs) throws IOException {
        if (merge(ours, theirs)) {
            List<Conflict> overlooked = overlooked(ours.getTree(), theirs.getTree());
            return overlooked.isEmpty()
                    ? new MergeOutcome.Merged(getResultTreeId().name())
                    : new MergeOutcome.Conflicted(overlooked, Optional.empty());
        }
        if (failed()) {
            throw limits.refusal(Reason.UNREADABLE, String.valueOf(getFailingPaths()));
        }
        Map<String, Conflict> all = new TreeMap<>();
        conflicts().forEach(conflict -> all.put(conflict.path(), conflict));
        RevCommit common = base;
        if (common != null) {
            new RenameGuard(reader, objects.getConfig(), common.getTree())
                    .conflictsInMode(ours.getTree(), theirs.getTree())
                    .forEach(conflict -> all.putIfAbsent(conflict.path(), conflict));
        }
        return new MergeOutcome.Conflicted(List.copyOf(all.values()), Optional.empty());
    }

    private List<Conflict> overlooked(RevTree ours, RevTree theirs) throws IOException {
        RevCommit common = base;
        if (common == null) {
            return List.of();
        }
        try {
            return new RenameGuard(reader, objects.getConfig(), common.getTree()).conflicts(ours, theirs);
        } catch (RenameGuard.TooManyRenamesException e) {
            throw limits.refusal(Reason.RENAMES, String.valueOf(e.getMessage()), e);
        }
    }

    /** Called for our sides, and for each two of their common ancestors just before {@link #mergeTrees} merges these. */
    @Override
    protected @Nullable RevCommit getBaseCommit(RevCommit a, RevCommit b, int depth) throws IOException {
        if (!objects.getObjectDatabase().has(a)) { // made up from two ancestors, and there is a third one
            throw limits.refusal(Reason.MERGE_BASES, "more than two");
        }
        base = super.getBaseCommit(a, b, depth);
        return base;
    }

    /**
     * Where ancestors conflict with one another, JGit settles it in ways of its own, and what comes of it is not git's. Where
     * there are more than two, whether they conflict depends on the order, and JGit's is not git's.
     */
    @Override
    protected boolean mergeTrees(AbstractTreeIterator ancestor, RevTree ours, RevTree theirs, boolean ofAncestors)
            throws IOException {
        if (ofAncestors && !mergesCleanly(ours, theirs)) {
            throw limits.refusal(Reason.MERGE_BASES, "they conflict");
        }
        return super.mergeTrees(ancestor, ours, theirs, ofAncestors);
    }

    private boolean mergesCleanly(RevTree ours, RevTree theirs) throws IOException {
        RevCommit common = base;
        if (common == null) {
            return false;
        }
        InCoreMerger trial = new InCoreMerger(objects, limits);
        trial.setBase(common.getTree());
        return trial.merge(ours, theirs) && overlooked(ours, theirs).isEmpty();
    }

    @Override
    protected boolean processEntry(
            @Nullable CanonicalTreeParser base,
            @Nullable CanonicalTreeParser ours,
            @Nullable CanonicalTreeParser theirs,
            @Nullable DirCacheBuildIterator index,
            @Nullable WorkingTreeIterator work,
            boolean ignoreConflicts,
            MergeAttributes attributes)
            throws IOException {
        boolean bothChanged = ours != null
                && theirs != null
                && isFile(ours)
                && isFile(theirs)
                && !same(ours, theirs)
                && !same(base, ours)
                && !same(base, theirs);
        if (bothChanged) {
            limits.checkDriver(objects.getConfig(), attributes.ours(), tw.getPathString());
        }
        return super.processEntry(base, ours, theirs, index, work, ignoreConflicts, attributes);
    }

    private static boolean isFile(CanonicalTreeParser side) {
        return FileMode.REGULAR_FILE.equals(side.getEntryRawMode())
                || FileMode.EXECUTABLE_FILE.equals(side.getEntryRawMode());
    }

    private static boolean same(@Nullable CanonicalTreeParser one, CanonicalTreeParser other) {
        return one != null && one.getEntryObjectId().equals(other.getEntryObjectId());
    }

    private List<Conflict> conflicts() {
        Map<String, Stages> unmerged = new TreeMap<>();
        for (int i = 0; i < dircache.getEntryCount(); i++) {
            DirCacheEntry entry = dircache.getEntry(i);
            if (entry.getStage() != DirCacheEntry.STAGE_0) {
                String path = entry.getPathString();
                Side side = new Side(
                        path,
                        String.format("%06o", entry.getRawMode()),
                        entry.getObjectId().name());
                unmerged.merge(path, Stages.NONE.with(entry.getStage(), side), (some, more) -> more.orElse(some));
            }
        }
        NavigableSet<String> paths = new TreeSet<>(unmerged.keySet());
        paths.addAll(getUnmergedPaths());
        return paths.stream().map(path -> conflict(path, unmerged, paths)).toList();
    }

    private Conflict conflict(String path, Map<String, Stages> unmerged, NavigableSet<String> paths) {
        Stages stages = unmerged.getOrDefault(path, Stages.NONE);
        String below = paths.higher(path + "/");
        boolean directory = below != null && below.startsWith(path + "/");
        // What only one side added conflicts with nothing but a folder where it has a file, or the other way round.
        boolean misplaced = stages.kind() == ConflictKind.OTHER;
        return stages.conflict(path, directory || misplaced ? ConflictKind.DIRECTORY_FILE : stages.kind());
    }
}
