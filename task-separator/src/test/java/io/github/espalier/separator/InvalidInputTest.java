package io.github.espalier.separator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InvalidInputTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "/etc/passwd",
                "../x",
                "a/../../x",
                "C:\\x",
                "C:/x",
                "~/x",
                ".git/config",
                "a/.GIT/x",
                "a\nb",
                "rename: a",
                "rename: a -> ../b",
                "create: /x",
                "a\u0000b"
            })
    void refusesAPathThatIsNoneInARepository(String path) {
        assertThatThrownBy(() -> DeclaredPath.parse(path)).isInstanceOf(InvalidPathException.class);
    }

    @Test
    void normalisesPaths() {
        assertThat(DeclaredPath.parse(" ./a//b/../c/ ").path()).isEqualTo("a/c/");
        assertThat(DeclaredPath.parse("a.java:10-40").region()).contains("10-40");
        assertThat(DeclaredPath.parse("a.java#run").region()).contains("run");
        assertThat(DeclaredPath.parse("DELETE: a").kind()).isEqualTo(DeclaredPath.Kind.DELETE);
        assertThat(DeclaredPath.parse(".").path()).isEqualTo("**");
    }

    @Test
    void saysAllThatIsWrongWithATask() {
        Task.Builder bad =
                Task.builder("x\u0007" + "y".repeat(300)).effort(Duration.ZERO).dependsOn("x\u0007" + "y".repeat(300));

        assertThatThrownBy(bad::build)
                .isInstanceOfSatisfying(
                        InvalidTaskException.class,
                        e -> assertThat(e.problems()).hasSize(4));
        assertThatThrownBy(() -> Task.builder(" ").build())
                .isInstanceOf(InvalidTaskException.class)
                .hasMessageContaining("blank");
    }

    @Test
    void refusesATreeThatIsNotThere(@TempDir Path folder) {
        assertThatThrownBy(() -> ProjectTree.of(folder, "main"))
                .isInstanceOf(SeparationException.class)
                .hasMessageContaining(folder.toString());
    }
}
