package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.Conflict;
import io.github.espalier.worktree.Identity;
import io.github.espalier.worktree.Resolution;
import io.github.espalier.worktree.Side;
import io.github.espalier.worktree.Signing;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks whether a worktree holds a whole resolution of its conflict, and commits it. Used once. */
public final class ResolvedFiles {
    private static final int MOST_NAMED = 10;

    private final UnresolvedMerge merge;
    private final Set<String> paths = new TreeSet<>();

    public ResolvedFiles(UnresolvedMerge merge, Collection<Conflict> conflicts) {
        this.merge = merge;
        for (Conflict conflict : conflicts) {
            paths.add(conflict.path());
            Stream.of(conflict.base(), conflict.ours(), conflict.theirs())
                    .flatMap(Optional::stream)
                    .map(Side::path)
                    .forEach(paths::add);
        }
    }

    /** Accepts it, or says what is wrong. */
    public Resolution check(Predicate<String> alsoAllowed, String message, Identity committer, Signing signing) {
        Set<String> unmerged = merge.unmerged();
        Map<String, String> files = merge.add();
        String tree = merge.tree();
        Set<String> changed = changed(files);
        List<String> reasons = new ArrayList<>();
        name(reasons, "not decided", unmerged.stream().filter(path -> !changed.contains(path)));
        name(
                reasons,
                "changed though not in conflict",
                changed.stream().filter(path -> !paths.contains(path) && !alsoAllowed.test(path)));
        name(reasons, "conflict markers are left", withMarkers(tree));
        if (!reasons.isEmpty()) {
            return new Resolution.Rejected(reasons);
        }
        String signs = signing.signs() ? "-S" : "--no-gpg-sign";
        String commit = merge.git()
                .command("commit-tree", tree, "-p", merge.theirs(), "-p", merge.ours(), signs, "-F", "-")
                .config(signing.settings())
                .author(committer)
                .committer(committer)
                .input(message)
                .run()
                .line();
        return new Resolution.Accepted(commit, tree);
    }

    private static void name(List<String> reasons, String what, Stream<String> which) {
        List<String> all = which.sorted().toList();
        if (!all.isEmpty()) {
            String named = all.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
            reasons.add(what + ": " + named + (all.size() > MOST_NAMED ? " and more" : ""));
        }
    }

    private Set<String> changed(Map<String, String> files) {
        Set<String> changed = new HashSet<>(merge.left().keySet());
        changed.addAll(files.keySet());
        changed.removeIf(path -> Objects.equals(merge.left().get(path), files.get(path)));
        return changed;
    }

    /** A file may hold such lines for reasons of its own: then one of the sides has them too. */
    private Stream<String> withMarkers(String tree) {
        Map<String, Set<String>> now = markers(tree);
        Map<String, Set<String>> ours = markers(merge.ours());
        Map<String, Set<String>> theirs = markers(merge.theirs());
        return now.entrySet().stream()
                .filter(file -> file.getValue().stream()
                        .anyMatch(line -> !ours.getOrDefault(file.getKey(), Set.of())
                                        .contains(line)
                                && !theirs.getOrDefault(file.getKey(), Set.of()).contains(line)))
                .map(Map.Entry::getKey);
    }

    private Map<String, Set<String>> markers(String treeish) {
        Map<String, String> blobs = new HashMap<>();
        for (String entry : merge.git()
                .command("ls-tree", "-r", "-z", "--full-tree", treeish)
                .run()
                .nulSeparated()) {
            int tab = entry.indexOf('\t');
            if (tab > 0 && paths.contains(entry.substring(tab + 1)) && entry.startsWith("100")) {
                blobs.put(entry.substring(tab + 1), entry.substring(0, tab).split(" ", -1)[2]);
            }
        }
        Map<String, byte[]> contents = ObjectReader.read(merge.git(), new TreeSet<>(blobs.values()));
        Map<String, Set<String>> markers = new HashMap<>();
        blobs.forEach((path, blob) -> markers.put(
                path,
                new String(Objects.requireNonNull(contents.get(blob)), StandardCharsets.ISO_8859_1)
                        .lines()
                        .filter(line -> line.startsWith("<<<<<<< ")
                                || line.startsWith(">>>>>>> ")
                                || line.startsWith("||||||| "))
                        .collect(Collectors.toSet())));
        return markers;
    }
}
