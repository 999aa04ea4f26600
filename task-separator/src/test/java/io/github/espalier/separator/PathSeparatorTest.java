package io.github.espalier.separator;

import static io.github.espalier.separator.TaskSeparatorContract.task;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathSeparatorTest {
    private static final ProjectTree TREE = ProjectTree.of(
            List.of("src/A.java", "src/util/B.java", "docs/guide.md", "link", "app/[id]/page.tsx"),
            Map.of("link", "src"));

    @Nested
    class Default implements TaskSeparatorContract {
        @Override
        public TaskSeparator separator(ProjectTree tree) {
            return TaskSeparator.of(tree);
        }
    }

    private static List<ConflictReason> reasons(String first, String second) {
        return TaskSeparator.of(TREE)
                .separate(List.of(task("1", first), task("2", second)))
                .conflict("1", "2")
                .map(TaskConflict::reasons)
                .orElse(List.of());
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    src/A.java;              src/A.java;            SamePath
                    src/A.java:3-9;          src/A.java#run;        SamePath
                    new.txt;                 create: new.txt;       BothCreate
                    ./src//A.java;           docs/../src/A.java;    SamePath
                    src/;                    src/A.java;            Overlap
                    src;                     src/new/C.java;        Overlap
                    src/**/*.java;           src/util/B.java;       Overlap
                    src/**/*.java;           **/B.*;                Overlap
                    src/*.java;              src/{A,C}.java;        Overlap
                    delete: src/;            src/A.java;            MovedAway
                    rename: src -> lib;      src/util/B.java;       MovedAway
                    rename: x.md -> docs/guide.md; docs/guide.md;   SamePath
                    delete: gone;            gone/in/it.txt;        MovedAway
                    README.md;               readme.md;             SameNameButForForm
                    Docs/a.md;               docs/b.md;             SameNameButForForm
                    new;                     new/file.txt;          FileAndFolder
                    link/A.java;             src/A.java;            SamePath
                    app/[id]/page.tsx;       app/[id]/page.tsx;     SamePath
                    """)
    void namesTheKindOfConflict(String first, String second, String kind) {
        assertThat(reasons(first, second))
                .extracting(reason -> reason.getClass().getSimpleName())
                .contains(kind);
        assertThat(reasons(second, first))
                .extracting(reason -> reason.getClass().getSimpleName())
                .contains(kind);
    }

    @Test
    void findsNamesEqualButForUnicodeForm() {
        assertThat(reasons("caf\u00e9.txt", "cafe\u0301.txt"))
                .singleElement()
                .isInstanceOf(ConflictReason.SameNameButForForm.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    src/A.java;      src/util/B.java
                    src/*.java;      src/util/B.java
                    src/**/*.java;   docs/**
                    src/A.java;      src/A.java.bak
                    src/a;           src/ab
                    **/*.md;         src/
                    """)
    void findsNoConflictWhereNoPathIsShared(String first, String second) {
        boolean mayMeet = first.startsWith("**"); // a directory may come to hold any file
        assertThat(reasons(first, second).isEmpty()).isEqualTo(!mayMeet);
    }

    @Test
    void readsTheSpecWhereNothingIsDeclared() {
        Task spec =
                Task.builder("spec").spec("Change `src/A.java`, line by line.").build();

        Separation separation = TaskSeparator.of(TREE).separate(List.of(spec, task("b", "src/A.java")));

        assertThat(separation.areIndependent("spec", "b")).isFalse();
        assertThat(separation
                        .footprint("spec")
                        .touches()
                        .get(0)
                        .evidence()
                        .get(0)
                        .describe())
                .contains("named in the spec, line 1");
    }

    @Test
    void takesADeclarationForAllThatIsTouched() {
        Task spec = Task.builder("spec")
                .spec("See `src/A.java`.")
                .declare("docs/guide.md")
                .build();

        assertThat(TaskSeparator.of(TREE).separate(List.of(spec)).taskFileMap())
                .isEqualTo(Map.of("spec", java.util.Set.of("docs/guide.md")));
    }
}
