package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.EscapingLink;
import io.github.espalier.worktree.GitRepository;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The symbolic links of one tree, and where they lead in it. Paths are read as bytes: a name need not be UTF-8. */
public final class LinkTargets {
    /** As many as Linux follows before it takes them for a circle. */
    private static final int MOST_HOPS = 40;

    private final Map<String, String> targets;

    private LinkTargets(Map<String, String> targets) {
        this.targets = targets;
    }

    public static List<EscapingLink> escaping(GitRepository repository, String base, String tip) {
        Names.requireObjectId(base);
        Names.requireObjectId(tip);
        Set<String> changed = TreeDifference.between(repository, base, tip).stream()
                .filter(difference -> difference.mode().equals(TreeDifference.LINK))
                .map(TreeDifference::rawPath)
                .collect(Collectors.toCollection(TreeSet::new));
        if (changed.isEmpty()) {
            return List.of();
        }
        LinkTargets links = new LinkTargets(targets(Git.of(repository), tip));
        return changed.stream()
                .filter(links::escapes)
                .map(path -> new EscapingLink(decoded(path), decoded(links.target(path))))
                .toList();
    }

    private static Map<String, String> targets(Git git, String tip) {
        Map<String, String> ids = Arrays.stream(raw(git.command("ls-tree", "-r", "-z", "--full-tree", tip))
                        .split("\0", -1))
                .filter(entry -> entry.startsWith(TreeDifference.LINK))
                .collect(Collectors.toMap(
                        entry -> entry.substring(entry.indexOf('\t') + 1),
                        entry -> entry.substring(0, entry.indexOf('\t')).split(" ", -1)[2]));
        Map<String, byte[]> contents = ObjectReader.read(git, new TreeSet<>(ids.values()));
        Map<String, String> targets = new TreeMap<>();
        ids.forEach((path, id) ->
                targets.put(path, new String(contents.getOrDefault(id, new byte[0]), StandardCharsets.ISO_8859_1)));
        return targets;
    }

    private String target(String path) {
        return targets.getOrDefault(path, "");
    }

    /** Walks the link's target part by part, as the operating system would, and stops where it leaves the tree. */
    private boolean escapes(String link) {
        List<String> at = new ArrayList<>(List.of(link.split("/", -1)));
        Deque<String> ahead = new ArrayDeque<>();
        int hops = 0;
        @Nullable String target = target(link);
        while (true) {
            if (target != null) {
                if (target.startsWith("/") || ++hops > MOST_HOPS) {
                    return hops <= MOST_HOPS; // a circle leads nowhere
                }
                at.remove(at.size() - 1);
                List<String> parts = new ArrayList<>(List.of(target.split("/", -1)));
                Collections.reverse(parts);
                parts.forEach(ahead::push);
            }
            if (ahead.isEmpty()) {
                return false;
            }
            String part = ahead.pop();
            target = null;
            if (part.equals("..")) {
                if (at.isEmpty()) {
                    return true;
                }
                at.remove(at.size() - 1);
            } else if (!part.isEmpty() && !part.equals(".")) {
                at.add(part);
                if (at.size() == 1 && part.equalsIgnoreCase(".git")) {
                    return true;
                }
                target = targets.get(String.join("/", at));
            }
        }
    }

    private static String raw(GitCommand command) {
        return new String(command.run().bytes(), StandardCharsets.ISO_8859_1);
    }

    private static String decoded(String raw) {
        return new String(raw.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
