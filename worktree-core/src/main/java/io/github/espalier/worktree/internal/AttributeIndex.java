package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.GitCommandException;
import io.github.espalier.worktree.GitRepository;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Knows which attribute files trees have, and what is in them. To list a whole tree takes longer than to merge it, so what
 * was found once is kept, and another tree is only compared with the last one: git then opens only the folders that differ.
 * Thread-safe.
 */
final class AttributeIndex {
    private static final int TREES = 256;
    private static final int BYTES = 1 << 20;

    private final GitRepository repository;
    private final Git git;
    private final Map<String, AttributeFiles> byTree = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, AttributeFiles> eldest) {
            return size() > TREES;
        }
    };
    private final Map<String, byte[]> contents = new LinkedHashMap<>();
    private @Nullable String last;

    AttributeIndex(GitRepository repository) {
        this.repository = repository;
        git = Git.of(repository);
    }

    /** The attribute files of a tree. */
    AttributeFiles of(String tree) {
        Optional<String> known;
        AttributeFiles filesOfKnown;
        synchronized (this) {
            AttributeFiles files = byTree.get(tree);
            if (files != null) {
                last = tree;
                return files;
            }
            known = Optional.ofNullable(last).filter(byTree::containsKey);
            filesOfKnown = known.map(byTree::get).orElse(AttributeFiles.NONE);
        }
        AttributeFiles found =
                known.flatMap(from -> compare(from, filesOfKnown, tree)).orElseGet(() -> list(tree));
        synchronized (this) {
            byTree.put(tree, found);
            last = tree;
        }
        return found;
    }

    private AttributeFiles list(String tree) {
        return AttributeFiles.ofTree(
                git.command("ls-tree", "-r", "-z", tree).run().text());
    }

    /** Empty: the known tree is gone, since no ref holds what is merged here. */
    private Optional<AttributeFiles> compare(String known, AttributeFiles files, String tree) {
        try {
            return Optional.of(files.after(TreeDifference.between(repository, known, tree)));
        } catch (GitCommandException e) {
            return Optional.empty();
        }
    }

    /** The contents of files by their paths. A blob that is missing, or longer than any file that git reads, is left out. */
    Map<String, byte[]> contents(AttributeFiles files) {
        Map<String, byte[]> found = new LinkedHashMap<>();
        Set<String> missing;
        synchronized (this) {
            files.files().forEach((path, blob) -> {
                byte[] content = contents.get(blob);
                if (content != null) {
                    found.put(path, content);
                }
            });
            missing = files.files().values().stream()
                    .filter(blob -> !contents.containsKey(blob))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
        Map<String, byte[]> read = ObjectReader.read(git, missing);
        files.files().forEach((path, blob) -> {
            byte[] content = read.get(blob);
            if (content != null) {
                found.put(path, content);
            }
        });
        remember(read);
        return found;
    }

    private synchronized void remember(Map<String, byte[]> read) {
        contents.putAll(read);
        long bytes =
                contents.values().stream().mapToLong(content -> content.length).sum();
        if (bytes > BYTES) {
            contents.clear();
        }
    }
}
