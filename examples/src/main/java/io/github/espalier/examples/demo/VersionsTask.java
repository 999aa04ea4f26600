package io.github.espalier.examples.demo;

import io.github.espalier.examples.support.UserGit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes a Java class and a program that tests it; the first draft of the class fails, the second passes. Commits the class
 * and leaves its test uncommitted, as agents do: the coordinator commits it.
 */
final class VersionsTask implements DemoTask {
    private static final String CLASS = "espalier-demo/Versions.java";
    private static final String TEST = "espalier-demo/VersionsTest.java";

    private static final String DRAFT = """
            /** Compares versions such as 1.10.2. */
            final class Versions {
                private Versions() {}

                static int compare(String first, String second) {
                    return first.compareTo(second);
                }
            }
            """;

    private static final String MENDED = """
            /** Compares versions such as 1.10.2. */
            final class Versions {
                private Versions() {}

                static int compare(String first, String second) {
                    String[] left = first.split("[.]");
                    String[] right = second.split("[.]");
                    for (int i = 0; i < Math.max(left.length, right.length); i++) {
                        int order = Integer.compare(part(left, i), part(right, i));
                        if (order != 0) {
                            return order;
                        }
                    }
                    return 0;
                }

                private static int part(String[] parts, int index) {
                    return index < parts.length ? Integer.parseInt(parts[index]) : 0;
                }
            }
            """;

    private static final String TESTS = """
            /** Tests the comparison; run it with: javac Versions.java VersionsTest.java, java VersionsTest. */
            public final class VersionsTest {
                private VersionsTest() {}

                public static void main(String[] args) {
                    expect(-1, "1.2", "1.10");
                    expect(1, "2", "1.99");
                    expect(0, "1.0", "1");
                    expect(-1, "0.9.9", "1");
                }

                private static void expect(int order, String first, String second) {
                    int found = Integer.signum(Versions.compare(first, second));
                    if (found != order) {
                        throw new AssertionError(first + " against " + second + ": " + found + " instead of " + order);
                    }
                }
            }
            """;

    @Override
    public String id() {
        return "versions";
    }

    @Override
    public String title() {
        return "Compare versions by their numbers";
    }

    @Override
    public List<String> files() {
        return List.of(CLASS, TEST);
    }

    @Override
    public boolean isIn(Path tree) {
        return Files.exists(tree.resolve(CLASS)) || Files.exists(tree.resolve(TEST));
    }

    @Override
    public void work(Path tree, UserGit git) {
        TreeFiles.write(tree.resolve(CLASS), DRAFT.lines().toList());
        TreeFiles.write(tree.resolve(TEST), TESTS.lines().toList());
        try {
            check(tree, git);
            throw new IllegalStateException("the test passes for a class that is wrong");
        } catch (CheckFailedException e) {
            System.out.println("the first draft fails its test, mending it: " + e.getMessage());
        }
        TreeFiles.write(tree.resolve(CLASS), MENDED.lines().toList());
        check(tree, git);
        System.out.println("the test passes; committing the class, leaving the test uncommitted");
        git.run("add", "--force", CLASS); // the project may ignore them
        git.run("commit", "--quiet", "--no-verify", "--allow-empty", "-m", title());
        git.run("add", "--force", "--intent-to-add", TEST);
    }

    @Override
    public void check(Path tree, UserGit git) {
        JavaProgram.run(List.of(tree.resolve(CLASS), tree.resolve(TEST)), "VersionsTest");
    }
}
