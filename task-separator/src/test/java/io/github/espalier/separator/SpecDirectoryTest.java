package io.github.espalier.separator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpecDirectoryTest {
    private static final ProjectTree TREE = ProjectTree.of(List.of(
            "src/main/java/org/x/land/LandingQueue.java",
            "src/main/java/org/x/Main.java",
            "src/test/java/org/x/MainTest.java",
            "web/src/index.ts",
            "web/src/deep/util.ts",
            "web/package.json",
            "docs/package.json",
            "docs/user guide.md",
            "Makefile",
            "scripts/run-all.sh",
            "packages/@scope/core/index.js"));

    @TempDir
    Path folder;

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private static List<String> named(String markdown) {
        Task task = Task.builder("t").spec(markdown).build();
        return List.copyOf(
                TaskSeparator.of(TREE).separate(List.of(task)).footprint("t").paths());
    }

    @Test
    void readsOneTaskAFile() throws IOException {
        write("SPEC-065-parallel.md", "# Run in parallel\n\nText.\n");
        write("notes.md", "# Notes\n");
        write("ignored.txt", "no");

        assertThat(SpecDirectory.of(folder).tasks())
                .extracting(Task::id, Task::title)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("spec-065", "Run in parallel"),
                        org.assertj.core.groups.Tuple.tuple("notes", "Notes"));
    }

    @Test
    void takesOtherFilesAndIdsWhereTheHostSaysSo() throws IOException {
        write("2024-01-07.us-12.task", "# A\n");

        assertThat(SpecDirectory.of(folder)
                        .matching("*.task")
                        .idPattern(Pattern.compile("us-\\d+"))
                        .tasks())
                .extracting(Task::id)
                .containsExactly("us-12");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    'Change `src/main/java/org/x/Main.java`.';          src/main/java/org/x/Main.java
                    'In `web/src/index.ts:42` it fails.';               web/src/index.ts
                    'In web/src/index.ts:42-50, it fails.';             web/src/index.ts
                    'See [the guide](docs/user%20guide.md#intro).';     docs/user guide.md
                    'Edit `docs/user guide.md`';                        docs/user guide.md
                    '| file | `scripts/run-all.sh` |';                  scripts/run-all.sh
                    '| scripts/run-all.sh | new |';                     scripts/run-all.sh
                    'The file (run-all.sh), quoted';                    scripts/run-all.sh
                    'All of `web/src/**/*.ts`';                         web/src/**/*.ts
                    'Everything below `web/src/`';                      web/src/
                    'The class `LandingQueue` waits';                   src/main/java/org/x/land/LandingQueue.java
                    'The LandingQueue waits';                           src/main/java/org/x/land/LandingQueue.java
                    'Call `LandingQueue.offer()` and go';               src/main/java/org/x/land/LandingQueue.java
                    'Use org.x.land.LandingQueue here';                 src/main/java/org/x/land/LandingQueue.java
                    'Use `land/LandingQueue.java` here';                src/main/java/org/x/land/LandingQueue.java
                    'Add `src/main/java/org/x/New.java`';               src/main/java/org/x/New.java
                    'Add `NEWS.md`';                                    NEWS.md
                    'the `Makefile` target';                            Makefile
                    '`packages/@scope/core/index.js`';                  packages/@scope/core/index.js
                    """)
    void findsThePathsThatATextNames(String text, String path) {
        assertThat(named(text)).containsExactly(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "This and/or that, e.g. on a client/server i.e. version 1.2.3 of node.js",
                "See https://example.org/docs/user.md and mail to me@example.org",
                "The package.json file is ambiguous",
                "The Main idea",
                "Nothing here.",
                "~/secret.txt and /etc/passwd and ../../outside.txt",
            })
    void findsNoneWhereATextNamesNone(String text) {
        assertThat(named(text)).isEmpty();
    }

    @Test
    void readsCodeBlocksLineByLine() {
        assertThat(named("Do:\n\n```sh\nvi scripts/run-all.sh\nmv web/src/index.ts web/src/main.ts\n```\n"))
                .containsExactly("scripts/run-all.sh", "web/src/index.ts", "web/src/main.ts");
    }

    @Test
    void letsABlockOfOursWinOverProse() throws IOException {
        write("us-1.md", """
                # T

                Touches `Makefile`, says the prose.

                ```espalier
                files:
                  - web/src/{index,main}.ts
                  - create: docs/new.md
                  - "rename: a b.txt -> c.txt"
                depends: [US-0, us-00]
                priority: 7
                effort: 1h30m
                ```
                """);

        Task task = SpecDirectory.of(folder).tasks().get(0);

        assertThat(task.declared())
                .extracting(DeclaredPath::path)
                .containsExactly("web/src/{index,main}.ts", "docs/new.md", "a b.txt");
        assertThat(task.declared().get(2).renamedTo()).contains("c.txt");
        assertThat(task.dependsOn()).containsExactly("us-0", "us-00");
        assertThat(task.priority()).isEqualTo(7);
        assertThat(task.effort()).contains(Duration.ofMinutes(90));
        assertThat(task.specFile()).contains(folder.resolve("us-1.md"));
    }

    @Test
    void readsFrontMatterBesideKeysOfOtherTools() throws IOException {
        write("a.md", "---\nlayout: page\nfiles: [web/package.json, 'docs/']\neffort: PT2H\ntags:\n  - x\n---\n# A\n");

        Task task = SpecDirectory.of(folder).tasks().get(0);

        assertThat(task.declared()).extracting(DeclaredPath::path).containsExactly("web/package.json", "docs/");
        assertThat(task.effort()).contains(Duration.ofHours(2));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    'priority: soon';         2; whole number
                    'effort: long';           2; 45m
                    'files: ../outside';      2; out of the repository
                    'files: /etc/passwd';     2; absolute
                    'file: a.txt';            2; unknown
                    'nonsense';               2; no declaration
                    """)
    void namesFileAndLineOfADeclarationThatIsNone(String declaration, int line, String remedy) throws IOException {
        write("bad.md", "```espalier\n" + declaration + "\n```\n");

        assertThatThrownBy(() -> SpecDirectory.of(folder).tasks())
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("bad.md:" + line)
                .hasMessageContaining(remedy);
    }

    @Test
    void refusesWhatCannotBeRead() throws IOException {
        assertThatThrownBy(() -> SpecDirectory.of(folder.resolve("missing")).tasks())
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("missing");
        Files.write(folder.resolve("latin.md"), "caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> SpecDirectory.of(folder).tasks())
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("UTF-8");
        write("latin.md", "  \n");
        assertThatThrownBy(() -> SpecDirectory.of(folder).tasks())
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("empty");
        write("latin.md", "---\nfiles: a\n");
        assertThatThrownBy(() -> SpecDirectory.of(folder).tasks())
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("does not end");
    }
}
