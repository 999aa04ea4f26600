package io.github.espalier.examples.demo;

import io.github.espalier.examples.support.UserGit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts a table of contents into the README; the test makes the table again from the headings and compares. */
final class ContentsTask implements DemoTask {
    private static final String FILE = "README.md";
    private static final String BEGIN = "<!-- contents -->";
    private static final String END = "<!-- end of contents -->";
    private static final Pattern HEADING = Pattern.compile("(#{2,3})\\s+(.*?)\\s*#*\\s*");

    @Override
    public String id() {
        return "contents";
    }

    @Override
    public String title() {
        return "Add a table of contents to the README";
    }

    @Override
    public List<String> files() {
        return List.of(FILE);
    }

    @Override
    public boolean isIn(Path tree) {
        Path readme = tree.resolve(FILE);
        return Files.isRegularFile(readme) && TreeFiles.lines(readme).contains(BEGIN);
    }

    @Override
    public void work(Path tree, UserGit git) {
        Path readme = tree.resolve(FILE);
        List<String> before =
                Files.isRegularFile(readme) ? TreeFiles.lines(readme) : List.of("# Read me", "", "## Demo");
        List<String> table = table(before);
        System.out.println("found " + table.size() + " headings in " + FILE);
        List<String> after = new ArrayList<>(before);
        int place = before.isEmpty() || !before.get(0).startsWith("# ") ? 0 : 1;
        List<String> block = new ArrayList<>(List.of("", BEGIN));
        block.addAll(table);
        block.addAll(List.of(END, ""));
        after.addAll(place, block);
        TreeFiles.write(readme, after);
        check(tree, git);
        System.out.println("the test passes; committing");
        git.run("add", "--force", FILE); // the project may ignore it
        git.commitAll(title());
    }

    @Override
    public void check(Path tree, UserGit git) {
        List<String> lines = TreeFiles.lines(tree.resolve(FILE));
        int begin = lines.indexOf(BEGIN);
        int end = lines.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new CheckFailedException(FILE + " has no table of contents between its markers");
        }
        List<String> table = lines.subList(begin + 1, end);
        List<String> expected = table(lines);
        if (!table.equals(expected)) {
            throw new CheckFailedException(FILE + ": the table of contents " + table + " should be " + expected);
        }
    }

    private static List<String> table(List<String> lines) {
        List<String> table = new ArrayList<>();
        boolean code = false;
        for (String line : lines) {
            code ^= line.startsWith("```");
            Matcher heading = HEADING.matcher(line);
            if (!code && heading.matches()) {
                String indent = heading.group(1).length() == 2 ? "" : "  ";
                table.add(indent + "- [" + heading.group(2) + "](#" + anchor(heading.group(2)) + ")");
            }
        }
        return table;
    }

    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }
}
