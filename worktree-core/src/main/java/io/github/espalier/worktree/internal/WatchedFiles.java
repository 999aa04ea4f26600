package io.github.espalier.worktree.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Collects the states of files that decide what git does. Not thread-safe. */
final class WatchedFiles {
    /** Larger ones are told apart by size and time; no configuration or hook that a person wrote is. */
    private static final long LIMIT = 1 << 20;

    private static final int DEPTH = 5;
    private static final int MOST_INCLUDES = 100;

    private final List<Path> inside;
    private final Map<Path, FileState> states = new TreeMap<>();
    private final Map<Path, ConfigText> configurations = new TreeMap<>();

    /**
     * @param inside the folders in which included configuration is watched too
     */
    WatchedFiles(List<Path> inside) {
        this.inside = inside;
    }

    Map<Path, FileState> states() {
        return states;
    }

    Map<Path, ConfigText> configurations() {
        return configurations;
    }

    void add(Path file) {
        FileState.of(file, LIMIT).ifPresent(state -> states.put(file, state));
    }

    /** A configuration file with what it includes. */
    void addConfiguration(Path file) {
        if (configurations.containsKey(file) || configurations.size() > MOST_INCLUDES) {
            return;
        }
        add(file);
        ConfigText text = read(file);
        configurations.put(file, text);
        for (Path included : text.includes(file)) {
            if (inside.stream().anyMatch(included::startsWith)) {
                addConfiguration(included);
            }
        }
    }

    private ConfigText read(Path file) {
        try {
            boolean small = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) <= LIMIT;
            return small ? ConfigText.parse(Files.readString(file, StandardCharsets.ISO_8859_1)) : ConfigText.NONE;
        } catch (IOException e) {
            return ConfigText.NONE;
        }
    }

    /** A folder with all that is in it. */
    void addFolder(Path folder) {
        add(folder);
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            Files.walkFileTree(folder, Set.<FileVisitOption>of(), DEPTH, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    add(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    add(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(
                        Path directory, @org.jspecify.annotations.Nullable IOException e) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            states.put(folder, new FileState("unreadable", "", ""));
        }
    }
}
