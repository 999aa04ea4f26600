package io.github.espalier.separator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FootprintSourceTest {
    @TempDir
    private static Path folder;

    private static ProjectKnowledge known;

    @BeforeAll
    static void readTheProject() {
        known = ProjectKnowledge.read(GitFolder.library(folder.toAbsolutePath()).directory(), "main");
    }

    private static Task task(String text) {
        return Task.builder("t").title(text).build();
    }

    private static Footprint.Touch touch(FootprintSource source, Task task, String path) {
        return source.footprint(task).touches().stream()
                .filter(touch -> touch.path().equals(path))
                .findFirst()
                .orElseThrow(() -> new AssertionError(path + " is not in " + source.footprint(task)));
    }

    @Test
    void findsWhatSimilarChangesTouchedAndNamesThem() {
        Footprint.Touch touch = touch(
                FootprintSource.similarChanges(known),
                task("Parse quotes that are not closed"),
                "src/test/ParserTest.java");

        assertThat(touch.toString())
                .matches("src/test/ParserTest.java 0\\.\\d\\d: .*5 of 5 similar past changes touched it \\(.*");
    }

    @Test
    void findsFilesByTheirWords() {
        assertThat(FootprintSource.words(known)
                        .footprint(task("Overdue letters"))
                        .paths())
                .startsWith("docs/guide.md");
    }

    @Test
    void findsTheTestOfWhatIsNamed() {
        assertThat(FootprintSource.companions(known)
                        .footprint(task("Mend LoanRegister"))
                        .paths())
                .containsExactly("src/test/LoanRegisterTest.java");
    }

    @Test
    void findsWhatChangedTogetherWithWhatIsDeclared() {
        Task task = Task.builder("t").declare("src/main/Parser.java").build();

        assertThat(touch(FootprintSource.changedTogether(known), task, "src/test/ParserTest.java")
                        .probability())
                .isGreaterThan(0.5);
    }

    @Test
    void weighsAllAndPutsFirstWhatIsCertain() {
        Task task = Task.builder("t")
                .title("Charge fees for lost books")
                .declare("docs/guide.md")
                .build();

        Footprint footprint = FootprintSource.combined(known).footprint(task);

        assertThat(footprint.touches().get(0).path()).isEqualTo("docs/guide.md");
        assertThat(footprint.touches().get(0).probability()).isEqualTo(1);
        assertThat(footprint.paths()).contains("src/main/LoanRegister.java");
        assertThat(footprint.touches()).allSatisfy(touch -> {
            assertThat(touch.probability()).isBetween(0.0, 1.0);
            assertThat(touch.evidence()).isNotEmpty();
        });
    }

    @Test
    void knowsNothingOfATaskThatSaysNothing() {
        assertThat(FootprintSource.declared(known.tree()).footprint(task("")).isKnown())
                .isFalse();
        assertThat(FootprintSource.named(known.tree()).footprint(task("Polish")).isKnown())
                .isFalse();
    }
}
