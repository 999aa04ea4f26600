package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.Conflict;
import io.github.espalier.worktree.Side;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What {@code git merge-tree --write-tree -z --messages} prints (OUTPUT in its manual): a tree, the unmerged entries with
 * their stages, and messages.
 */
record MergeTreeOutput(String tree, List<Conflict> conflicts) {
    private static final Pattern COUNT = Pattern.compile("\\d{1,9}");

    static MergeTreeOutput parse(String text) {
        return parse(Arrays.asList(text.split("\0", -1)));
    }

    static MergeTreeOutput parse(List<String> fields) {
        int entriesEnd = endOfSection(fields, 1);
        List<MergeMessage> messages = messages(fields, entriesEnd + 1).stream()
                .filter(MergeMessage::isConflict)
                .toList();
        Map<String, Stages> unmerged = unmerged(fields.subList(1, entriesEnd), messages);
        List<MergeMessage> clear = messages.stream()
                .map(message -> message.map(path -> original(messages, path)))
                .toList();
        return new MergeTreeOutput(fields.get(0).strip(), conflicts(unmerged, clear));
    }

    private static int endOfSection(List<String> fields, int from) {
        int end = from;
        while (end < fields.size() && !fields.get(end).isEmpty()) {
            end++;
        }
        return Math.min(end, fields.size());
    }

    private static List<MergeMessage> messages(List<String> fields, int from) {
        List<MergeMessage> messages = new ArrayList<>();
        int at = from;
        while (at < fields.size() && isCount(fields.get(at))) {
            int typeAt = at + 1 + Integer.parseInt(fields.get(at));
            messages.add(new MergeMessage(fields.subList(at + 1, typeAt), fields.get(typeAt)));
            at = typeAt + 2;
        }
        return messages;
    }

    /** A message starts with the number of its paths. What comes after the last one is advice on submodules, in plain words. */
    static boolean isCount(String field) {
        return COUNT.matcher(field).matches();
    }

    private static Map<String, Stages> unmerged(List<String> entries, List<MergeMessage> messages) {
        Map<String, Stages> unmerged = new TreeMap<>();
        for (String entry : entries) {
            int tab = entry.indexOf('\t');
            String[] modeIdStage = entry.substring(0, tab).split(" ", 3);
            String path = original(messages, entry.substring(tab + 1));
            Side side = new Side(path, modeIdStage[0], modeIdStage[1]);
            int stage = Integer.parseInt(modeIdStage[2]);
            unmerged.merge(path, Stages.NONE.with(stage, side), (some, more) -> more.orElse(some));
        }
        return unmerged;
    }

    private static String original(List<MergeMessage> messages, String path) {
        return messages.stream()
                .map(message -> message.originalOf(path))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(path);
    }

    /** One for each unmerged path, and one for each message that is about none of them. */
    private static List<Conflict> conflicts(Map<String, Stages> unmerged, List<MergeMessage> messages) {
        Set<String> paths = new TreeSet<>(unmerged.keySet());
        for (MergeMessage message : messages) {
            if (message.paths().stream().noneMatch(unmerged::containsKey)) {
                message.paths().stream().findFirst().ifPresent(paths::add);
            }
        }
        return paths.stream().map(path -> conflict(path, unmerged, messages)).toList();
    }

    private static Conflict conflict(String path, Map<String, Stages> unmerged, List<MergeMessage> messages) {
        List<MergeMessage> about = messages.stream()
                .filter(message -> message.paths().contains(path))
                .toList();
        Stages own = unmerged.getOrDefault(path, Stages.NONE);
        Stages all = own;
        for (MergeMessage message : about) {
            if (message.isRename()) {
                for (String other : message.paths()) {
                    all = all.orElse(unmerged.getOrDefault(other, Stages.NONE));
                }
                all = message.renamedFrom().map(all::withBaseAt).orElse(all);
            }
        }
        return all.conflict(path, MergeMessage.kind(about, own));
    }
}
