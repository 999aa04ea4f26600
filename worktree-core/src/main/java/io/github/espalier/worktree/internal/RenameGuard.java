package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.Conflict;
import io.github.espalier.worktree.ConflictKind;
import io.github.espalier.worktree.Side;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.diff.DiffConfig;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.diff.DiffEntry.ChangeType;
import org.eclipse.jgit.diff.RenameDetector;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevTree;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * Finds what JGit's merge overlooks. It knows no change of mode against a deletion, and no renames: it sees a deletion here
 * and an addition there, and merges both cleanly where the other side did something to the same file or folder. Thresholds
 * are git's: half of the content the same. {@code merge.renames} and {@code diff.renames} are not asked: git 2.39's merge
 * does not heed them.
 */
final class RenameGuard {
    private static final int RENAME_SCORE = 50;
    private static final int RENAME_LIMIT = 1000;

    private final ObjectReader reader;
    private final Config config;
    private final RevTree base;

    RenameGuard(ObjectReader reader, Config config, RevTree base) {
        this.reader = reader;
        this.config = config;
        this.base = base;
    }

    /**
     * What one side did.
     *
     * @param tree its tree
     * @param changes by path, without renames
     * @param renames by old path
     */
    private record Changes(RevTree tree, Map<String, Change> changes, Map<String, DiffEntry> renames) {
        boolean is(String path, ChangeType type) {
            Change change = changes.get(path);
            return change != null && change.type() == type;
        }

        List<DiffEntry> all(ChangeType type) {
            return changes.values().stream()
                    .filter(change -> change.type() == type)
                    .map(Change::entry)
                    .toList();
        }
    }

    /**
     * A change with its type as it is without renames: JGit's detection makes a rename of a deletion's own entry.
     *
     * @param type what was done
     * @param entry to what
     */
    private record Change(ChangeType type, DiffEntry entry) {}

    /** Too many files were added and removed for all of them to be compared. */
    static final class TooManyRenamesException extends IOException {
        private static final long serialVersionUID = 1L;

        TooManyRenamesException(int limit) {
            super("more than " + limit + " files that may have been renamed");
        }
    }

    /** The conflicts in a merge that is clean without renames. */
    List<Conflict> conflicts(RevTree ours, RevTree theirs) throws IOException {
        Changes our = changes(ours);
        Changes their = changes(theirs);
        Map<String, Conflict> conflicts = new TreeMap<>();
        changedOnlyInMode(our, their, true).forEach(conflict -> conflicts.put(conflict.path(), conflict));
        changedOnlyInMode(their, our, false).forEach(conflict -> conflicts.put(conflict.path(), conflict));
        for (boolean oursRenames : List.of(true, false)) {
            Changes renamer = oursRenames ? our : their;
            Changes other = oursRenames ? their : our;
            for (DiffEntry rename : renamer.renames().values()) {
                renamed(rename, other, oursRenames)
                        .forEach(conflict -> conflicts.putIfAbsent(conflict.path(), conflict));
            }
            for (DiffEntry added : addedToFoldersThatWent(renamer, other)) {
                Stages stages = Stages.NONE.with(oursRenames ? 3 : 2, newSide(added));
                conflicts.putIfAbsent(added.getNewPath(), stages.conflict(added.getNewPath(), ConflictKind.OTHER));
            }
        }
        return List.copyOf(conflicts.values());
    }

    /** The conflicts in a merge that has others already: those of them that no rename is looked for. */
    List<Conflict> conflictsInMode(RevTree ours, RevTree theirs) throws IOException {
        Changes our = new Changes(ours, byPath(scan(ours)), Map.of());
        Changes their = new Changes(theirs, byPath(scan(theirs)), Map.of());
        List<Conflict> conflicts = new ArrayList<>(changedOnlyInMode(our, their, true));
        conflicts.addAll(changedOnlyInMode(their, our, false));
        return conflicts;
    }

    /** What one side changed, if only in mode, and the other deleted. */
    private static List<Conflict> changedOnlyInMode(Changes changer, Changes other, boolean oursChanges) {
        return changer.all(ChangeType.MODIFY).stream()
                .filter(change -> other.is(change.getNewPath(), ChangeType.DELETE))
                .map(change -> Stages.NONE
                        .with(1, oldSide(change))
                        .with(oursChanges ? 2 : 3, newSide(change))
                        .conflict(change.getNewPath(), ConflictKind.MODIFY_DELETE))
                .toList();
    }

    private boolean directoryRenamesAreOff() {
        String value = config.getString("merge", null, "directoryRenames");
        return value != null && value.matches("(?i)false|no|off|0");
    }

    private static List<Conflict> renamed(DiffEntry rename, Changes other, boolean oursRenames) {
        String from = rename.getOldPath();
        String to = rename.getNewPath();
        if (!other.is(from, ChangeType.DELETE)) {
            return List.of();
        }
        Stages stages = Stages.NONE.with(1, oldSide(rename)).with(oursRenames ? 2 : 3, newSide(rename));
        Optional<DiffEntry> twin = Optional.ofNullable(other.renames().get(from));
        if (twin.isEmpty()) {
            return List.of(stages.conflict(to, ConflictKind.RENAME_DELETE));
        }
        if (twin.get().getNewPath().equals(to)) {
            return List.of();
        }
        Stages all = stages.with(oursRenames ? 3 : 2, newSide(twin.get()));
        List<Conflict> conflicts = new ArrayList<>();
        for (String path : List.of(from, to, twin.get().getNewPath())) {
            conflicts.add(all.conflict(path, ConflictKind.RENAME_RENAME));
        }
        return conflicts;
    }

    /** Where one side renamed a folder's files away so that none is left, what the other side put into it. */
    private List<DiffEntry> addedToFoldersThatWent(Changes renamer, Changes other) throws IOException {
        if (directoryRenamesAreOff()) {
            return List.of();
        }
        List<DiffEntry> added = new ArrayList<>();
        for (DiffEntry change : other.all(ChangeType.ADD)) {
            if (folderWent(change.getNewPath(), renamer)) {
                added.add(change);
            }
        }
        return added;
    }

    private boolean folderWent(String path, Changes renamer) throws IOException {
        for (int end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
            String folder = path.substring(0, end);
            boolean renamed = renamer.renames().keySet().stream().anyMatch(from -> from.startsWith(folder + "/"));
            if (renamed && !exists(folder, renamer.tree())) {
                return true;
            }
        }
        return false;
    }

    private boolean exists(String path, RevTree tree) throws IOException {
        try (TreeWalk found = TreeWalk.forPath(reader, path, tree)) {
            return found != null;
        }
    }

    private Changes changes(RevTree side) throws IOException {
        List<DiffEntry> plain = scan(side);
        Map<String, Change> changes = byPath(plain);
        RenameDetector detector = new RenameDetector(reader, config.get(DiffConfig.KEY));
        detector.setRenameScore(RENAME_SCORE);
        detector.setRenameLimit(RENAME_LIMIT);
        detector.addAll(plain);
        Map<String, DiffEntry> renames = new TreeMap<>();
        for (DiffEntry entry : detector.compute()) {
            if (entry.getChangeType() == ChangeType.RENAME) {
                renames.put(entry.getOldPath(), entry);
            }
        }
        if (detector.isOverRenameLimit()) {
            throw new TooManyRenamesException(RENAME_LIMIT);
        }
        return new Changes(side, changes, renames);
    }

    private List<DiffEntry> scan(RevTree side) throws IOException {
        try (TreeWalk walk = new TreeWalk(reader)) {
            walk.setRecursive(true);
            walk.addTree(base);
            walk.addTree(side);
            return DiffEntry.scan(walk);
        }
    }

    private static Map<String, Change> byPath(List<DiffEntry> entries) {
        Map<String, Change> changes = new TreeMap<>();
        for (DiffEntry entry : entries) {
            boolean deleted = entry.getChangeType() == ChangeType.DELETE;
            changes.put(deleted ? entry.getOldPath() : entry.getNewPath(), new Change(entry.getChangeType(), entry));
        }
        return changes;
    }

    private static Side oldSide(DiffEntry entry) {
        return new Side(
                entry.getOldPath(),
                String.format("%06o", entry.getOldMode().getBits()),
                entry.getOldId().name());
    }

    private static Side newSide(DiffEntry entry) {
        return new Side(
                entry.getNewPath(),
                String.format("%06o", entry.getNewMode().getBits()),
                entry.getNewId().name());
    }
}
