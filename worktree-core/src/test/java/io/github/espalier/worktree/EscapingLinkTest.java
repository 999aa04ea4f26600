package io.github.espalier.worktree;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EscapingLinkTest {
    @TempDir
    Path folder;

    private TestRepository repository;
    private String base;

    @BeforeEach
    void makeRepository() throws IOException {
        repository = TestRepository.create(folder.resolve("main"));
        repository.write("a/b/c/file", "x");
        link("a/up", "b/c");
        link("old", "/etc/passwd");
        base = repository.commit("base");
    }

    @AfterEach
    void removeLinks() {
        repository.git("rm", "-rqf", ".");
    }

    private void link(String path, String target) throws IOException {
        Path file = repository.directory().resolve(path);
        Files.createDirectories(file.getParent());
        Files.deleteIfExists(file);
        Files.createSymbolicLink(file, Path.of(target));
    }

    private List<EscapingLink> found() {
        return EscapingLink.addedBetween(repository.open(), base, repository.commit("links"));
    }

    @ParameterizedTest
    @CsvSource({
        "l, /etc/passwd",
        "l, ..",
        "a/l, ../../x",
        "a/l, up/../../../../x",
        "l, .git/hooks/pre-commit",
        "a/l, ../.GIT/config",
        "a/l, ../old",
        "l, missing/../../x",
    })
    void findsWhatLeavesTheTree(String path, String target) throws IOException {
        link(path, target);

        assertThat(found()).containsExactly(new EscapingLink(path, target));
    }

    @ParameterizedTest
    @CsvSource({
        "l, a/b/c/file",
        "a/l, ../a/./b//c",
        "a/l, up/../../b",
        "a/b/l, ../../a",
        "l, l",
        "l, missing/file",
        "l, a/.git",
        "l, ..."
    })
    void leavesWhatStaysInsideAlone(String path, String target) throws IOException {
        link(path, target);

        assertThat(found()).isEmpty();
    }

    @Test
    void resolvesThroughLinksOfTheSameCommit() throws IOException {
        link("a/b/l", "door/../../x");
        assertThat(found()).isEmpty();

        link("a/b/door", "../..");
        assertThat(found()).extracting(EscapingLink::path).containsExactly("a/b/l");
    }

    @Test
    void namesOnlyWhatWasAddedOrChanged() throws IOException {
        assertThat(found()).isEmpty();

        link("old", "/etc/shadow");
        assertThat(found()).containsExactly(new EscapingLink("old", "/etc/shadow"));
    }
}
