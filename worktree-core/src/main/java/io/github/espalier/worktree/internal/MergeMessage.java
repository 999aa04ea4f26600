package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.ConflictKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A message of {@code git merge-tree -z}: the paths it is about and its type, which is the same in every language. The types
 * are those of {@code type_short_descriptions} in git's {@code merge-ort.c}.
 */
record MergeMessage(List<String> paths, String type) {
    private static final String FILE_DIRECTORY = "CONFLICT (file/directory)";
    private static final String DISTINCT_MODES = "CONFLICT (distinct modes)";
    private static final String RENAME_RENAME = "CONFLICT (rename/rename)";
    private static final String RENAME_DELETE = "CONFLICT (rename/delete)";

    /** What a path's messages say, the one that says most first: git often has several for one path. */
    private static final List<Map.Entry<String, ConflictKind>> KINDS = List.of(
            Map.entry("CONFLICT (submodule", ConflictKind.SUBMODULE),
            Map.entry(FILE_DIRECTORY, ConflictKind.DIRECTORY_FILE),
            Map.entry(DISTINCT_MODES, ConflictKind.MODE),
            Map.entry(RENAME_RENAME, ConflictKind.RENAME_RENAME),
            Map.entry(RENAME_DELETE, ConflictKind.RENAME_DELETE),
            Map.entry("CONFLICT (rename involved in collision)", ConflictKind.ADD_ADD),
            Map.entry("CONFLICT (binary)", ConflictKind.BINARY),
            Map.entry("CONFLICT (modify/delete)", ConflictKind.MODIFY_DELETE));

    /** Whether the message tells of a conflict, and not of something that git settled. */
    boolean isConflict() {
        return type.startsWith("CONFLICT") || type.startsWith("ERROR");
    }

    boolean isRename() {
        return type.equals(RENAME_RENAME) || type.equals(RENAME_DELETE);
    }

    /** The file's name before the rename. */
    Optional<String> renamedFrom() {
        return switch (type) {
            case RENAME_RENAME -> paths.stream().findFirst();
            case RENAME_DELETE -> paths.stream().skip(1).findFirst();
            default -> Optional.empty();
        };
    }

    /** Where git moved a file out of the way, to {@code path~side}: the path that it is about. */
    Optional<String> originalOf(String path) {
        boolean moves = type.equals(FILE_DIRECTORY) || type.equals(DISTINCT_MODES);
        return moves
                ? paths.stream().filter(other -> path.startsWith(other + "~")).findFirst()
                : Optional.empty();
    }

    MergeMessage map(UnaryOperator<String> paths) {
        return new MergeMessage(this.paths.stream().map(paths).distinct().toList(), type);
    }

    /** The kind that the messages about one path, and its stages, come to. */
    static ConflictKind kind(List<MergeMessage> about, Stages stages) {
        ConflictKind ofStages = stages.kind();
        ConflictKind kind = KINDS.stream()
                .filter(entry -> about.stream().anyMatch(message -> message.type.startsWith(entry.getKey())))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(ofStages);
        return kind == ConflictKind.BINARY && ofStages == ConflictKind.ADD_ADD ? ofStages : kind;
    }
}
