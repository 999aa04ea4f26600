package io.github.espalier.separator;

import io.github.espalier.separator.internal.SpecFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A folder of Markdown specifications, one a task.
 *
 * <p>A task's id is the leading {@code WORD-NUMBER} of the file's name in lower case ({@code SPEC-065-parallel.md} is {@code
 * spec-065}), else the name without {@code .md}; its title is the first heading. A fenced block marked {@code espalier}, or
 * YAML front matter, declares {@code files:}, {@code depends:}, {@code priority:} and {@code effort:} exactly:
 *
 * <pre>
 * ```espalier
 * files:
 *   - src/Land.java
 *   - create: docs/landing.md
 * depends: [spec-064]
 * priority: 10
 * effort: 45m
 * ```
 * </pre>
 *
 * <p>Where nothing is declared, the paths that the text names count. Immutable: each method returns a changed copy.
 *
 * @param directory the folder; those in it are not searched
 * @param glob which files of it are specifications
 * @param id finds a task's id in a file's name: its first group, else the whole match, in lower case
 */
public record SpecDirectory(Path directory, String glob, Pattern id) {
    /** The default pattern of ids: a word, a hyphen and a number. */
    public static final Pattern WORD_NUMBER = Pattern.compile("^([A-Za-z]+-\\d+)(?!\\d)");

    /**
     * All {@code *.md} of a folder.
     *
     * @param directory the folder
     * @return the specifications
     */
    public static SpecDirectory of(Path directory) {
        return new SpecDirectory(directory, "*.md", WORD_NUMBER);
    }

    /**
     * With other files.
     *
     * @param pattern a glob of file names
     * @return the changed specifications
     */
    public SpecDirectory matching(String pattern) {
        return new SpecDirectory(directory, pattern, id);
    }

    /**
     * With other ids.
     *
     * @param pattern finds the id in a file's name
     * @return the changed specifications
     */
    public SpecDirectory idPattern(Pattern pattern) {
        return new SpecDirectory(directory, glob, pattern);
    }

    /**
     * Reads them.
     *
     * @return one task a file, in the order of the files' names
     * @throws SpecException if the folder or a file cannot be read, or a declaration in it is none
     */
    public List<Task> tasks() {
        if (!Files.isDirectory(directory)) {
            throw new SpecException(directory, 0, "is no folder; name the folder that holds the specifications");
        }
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, glob)) {
            found.forEach(file -> {
                if (Files.isRegularFile(file)) {
                    files.add(file);
                }
            });
        } catch (IOException e) {
            throw new SpecException(directory, 0, "cannot be read (" + e + ")");
        }
        Collections.sort(files);
        return files.stream().map(file -> SpecFile.read(file, idOf(file))).toList();
    }

    /**
     * The id of a file.
     *
     * @param file the file
     * @return its task's id
     */
    public String idOf(Path file) {
        String name = String.valueOf(file.getFileName());
        String base = name.endsWith(".md") ? name.substring(0, name.length() - 3) : name;
        Matcher matcher = id.matcher(base);
        return matcher.find()
                ? SpecFile.id(matcher.groupCount() > 0 && matcher.group(1) != null ? matcher.group(1) : matcher.group())
                : base;
    }
}
