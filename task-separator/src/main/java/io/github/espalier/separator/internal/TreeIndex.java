package io.github.espalier.separator.internal;

import io.github.espalier.separator.ProjectTree;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Looks paths up by whole path, by name and by class. */
public final class TreeIndex implements ProjectTree {
    private static final List<String> CLASS_FILES = List.of(".java", ".kt", ".scala", ".groovy");
    private static final int MOST_LINKS = 8;

    private final Set<String> files;
    private final Map<String, String> links;
    private final Set<String> directories = new HashSet<>();
    private final Map<String, Set<String>> byName = new HashMap<>();
    private final Set<String> extensions = new HashSet<>();

    public TreeIndex(Collection<String> paths, Map<String, String> links) {
        files = Set.copyOf(paths);
        this.links = Map.copyOf(links);
        for (String path : files) {
            for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
                if (!directories.add(path.substring(0, slash))) {
                    break;
                }
            }
            String name = nameOf(path);
            byName.computeIfAbsent(name, any -> new TreeSet<>()).add(path);
            if (name.lastIndexOf('.') > 0) {
                extensions.add(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
            }
        }
    }

    private static String nameOf(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    @Override
    public boolean isFile(String path) {
        return files.contains(path);
    }

    @Override
    public boolean isDirectory(String path) {
        return directories.contains(path);
    }

    @Override
    public Set<String> endingIn(String end) {
        Set<String> found = new TreeSet<>();
        for (String path : byName.getOrDefault(nameOf(end), Set.of())) {
            if (path.equals(end) || path.endsWith("/" + end)) {
                found.add(path);
            }
        }
        return found;
    }

    @Override
    public Set<String> ofClass(String name) {
        Set<String> found = new TreeSet<>();
        for (String extension : CLASS_FILES) {
            found.addAll(endingIn(name.replace('.', '/') + extension));
        }
        return found;
    }

    @Override
    public boolean usesExtension(String extension) {
        return extensions.contains(extension.toLowerCase(Locale.ROOT));
    }

    @Override
    public Optional<String> behindLinks(String path) {
        String at = path;
        for (int i = 0; i < MOST_LINKS; i++) {
            Optional<String> next = followOne(at);
            if (next.isEmpty()) {
                return at.equals(path) ? Optional.empty() : Optional.of(at);
            }
            at = next.get();
        }
        return Optional.empty(); // links in a circle lead nowhere
    }

    private Optional<String> followOne(String path) {
        for (int end = path.indexOf('/'); ; end = path.indexOf('/', end + 1)) {
            String head = end < 0 ? path : path.substring(0, end);
            String target = links.get(head);
            if (target != null) {
                String folder = head.contains("/") ? head.substring(0, head.lastIndexOf('/') + 1) : "";
                return inside(folder + target).map(whole -> whole + path.substring(head.length()));
            } else if (end < 0) {
                return Optional.empty();
            }
        }
    }

    /** The path a link means, unless it leads out of the project. */
    private static Optional<String> inside(String path) {
        try {
            return Optional.of(DeclaredPathParser.normalize(path, path));
        } catch (io.github.espalier.separator.InvalidPathException e) {
            return Optional.empty();
        }
    }
}
