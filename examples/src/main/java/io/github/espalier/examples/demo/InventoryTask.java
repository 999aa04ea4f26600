package io.github.espalier.examples.demo;

import io.github.espalier.examples.support.UserGit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Counts the project's files by their kind; the test asks git again for the commit the count is of, and compares. */
final class InventoryTask implements DemoTask {
    private static final String FILE = "espalier-demo/INVENTORY.md";
    private static final String COMMIT = "Files at commit ";

    @Override
    public String id() {
        return "inventory";
    }

    @Override
    public String title() {
        return "List the project's files by kind";
    }

    @Override
    public List<String> files() {
        return List.of(FILE);
    }

    @Override
    public boolean isIn(Path tree) {
        return Files.exists(tree.resolve(FILE));
    }

    @Override
    public void work(Path tree, UserGit git) {
        String commit = git.run("rev-parse", "HEAD");
        List<String> lines = new ArrayList<>(List.of("# Inventory", "", COMMIT + commit, ""));
        lines.addAll(table(git, commit));
        TreeFiles.write(tree.resolve(FILE), lines);
        check(tree, git);
        System.out.println("the test passes for " + (lines.size() - 6) + " kinds of files; committing");
        git.run("add", "--force", FILE); // the project may ignore it
        git.commitAll(title());
    }

    @Override
    public void check(Path tree, UserGit git) {
        List<String> lines = TreeFiles.lines(tree.resolve(FILE));
        String commit = lines.stream()
                .filter(line -> line.startsWith(COMMIT))
                .map(line -> line.substring(COMMIT.length()))
                .findFirst()
                .orElseThrow(() -> new CheckFailedException(FILE + " does not name its commit"));
        List<String> found = lines.stream().filter(line -> line.startsWith("|")).toList();
        List<String> expected = table(git, commit);
        if (!found.equals(expected)) {
            throw new CheckFailedException(FILE + ": " + found + " should be " + expected);
        }
    }

    private static List<String> table(UserGit git, String commit) {
        Map<String, Integer> counts = new TreeMap<>();
        for (String path : git.run("ls-tree", "-r", "-z", "--name-only", "--full-tree", commit)
                .split("\0", -1)) {
            if (!path.isEmpty()) {
                counts.merge(kind(path), 1, Integer::sum);
            }
        }
        List<String> table = new ArrayList<>(List.of("| kind | files |", "|---|---|"));
        counts.forEach((kind, count) -> table.add("| " + kind + " | " + count + " |"));
        return table;
    }

    private static String kind(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        int dot = name.lastIndexOf('.');
        String kind = dot <= 0 ? "(none)" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
        return kind.matches("[a-z0-9_+()-]+") ? kind : "(other)";
    }
}
