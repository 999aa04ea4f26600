package io.github.espalier.examples.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small Java project in a repository of its own: on branch {@code main}, checked out, and {@link #TARGET} beside it. */
public final class SampleProject {
    /** The branch that work lands on; it is checked out nowhere. */
    public static final String TARGET = "roadmap";

    private SampleProject() {}

    /**
     * Makes the project.
     *
     * @param directory where; it must not exist yet
     * @return the checkout
     */
    public static UserGit create(Path directory) {
        write(
                directory,
                "README.md",
                "# Greeter\n\nGreets people.\n\n## Use\n\n`java Greeter World`\n\n## Licence\n\nNone.\n");
        write(directory, "src/Greeter.java", """
                /** Greets people. */
                public final class Greeter {
                    private Greeter() {}

                    public static void main(String[] args) {
                        System.out.println(Greetings.of(args.length == 0 ? "world" : args[0]));
                    }
                }
                """);
        write(directory, "src/Greetings.java", """
                /** Makes greetings. */
                final class Greetings {
                    private Greetings() {}

                    static String of(String name) {
                        return "Hello, " + name + "!";
                    }
                }
                """);
        write(directory, "docs/guide.md", "# Guide\n\nStart `src/Greeter.java`.\n");
        UserGit git = new UserGit(directory);
        git.run("init", "--quiet", "--template=", "-b", "main");
        git.commitAll("Begin the greeter");
        git.run("branch", TARGET);
        return git;
    }

    /**
     * Writes a file and the folders it lies in.
     *
     * @param directory the project
     * @param path the file in it
     * @param text what is to be in it
     */
    public static void write(Path directory, String path, String text) {
        try {
            Path file = directory.resolve(path);
            Files.createDirectories(file.resolveSibling(""));
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
