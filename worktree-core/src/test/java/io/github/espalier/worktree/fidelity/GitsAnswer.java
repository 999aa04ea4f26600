package io.github.espalier.worktree.fidelity;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What {@code git merge-tree} says of two commits.
 *
 * @param died whether it died of them, of which it knows more than one way; nothing else is known then
 * @param conflicted whether it left conflicts
 * @param tree the tree, with markers where it is conflicted
 * @param unmerged what is in no stage 0
 */
record GitsAnswer(boolean died, boolean conflicted, String tree, List<Unmerged> unmerged) {
    static final GitsAnswer DIED = new GitsAnswer(true, false, "", List.of());

    /**
     * An unmerged entry.
     *
     * @param path its path; git adds {@code ~} and a side's name where the path is taken
     * @param mode its mode
     * @param blob its blob
     * @param stage 1 base, 2 ours, 3 theirs
     */
    record Unmerged(String path, String mode, String blob, int stage) {
        static Unmerged parse(String entry) {
            int tab = entry.indexOf('\t');
            String[] modeBlobStage = entry.substring(0, tab).split(" ", 3);
            String path = entry.substring(tab + 1).replaceFirst("~.*", "");
            return new Unmerged(path, modeBlobStage[0], modeBlobStage[1], Integer.parseInt(modeBlobStage[2]));
        }
    }

    static GitsAnswer parse(boolean conflicted, String output) {
        List<String> fields = Arrays.stream(output.split("\0", -1))
                .filter(field -> !field.isBlank())
                .toList();
        return new GitsAnswer(
                false,
                conflicted,
                fields.get(0).strip(),
                fields.stream().skip(1).map(Unmerged::parse).toList());
    }

    Set<String> paths() {
        Set<String> paths = new TreeSet<>();
        unmerged.forEach(entry -> paths.add(entry.path()));
        return paths;
    }
}
