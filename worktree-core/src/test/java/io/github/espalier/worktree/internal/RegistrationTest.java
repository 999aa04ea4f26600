package io.github.espalier.worktree.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.espalier.worktree.TestRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A worktree that is made in this process is the one that git would make. */
class RegistrationTest {
    @TempDir
    Path folder;

    private TestRepository project;

    @BeforeEach
    void makeRepository() {
        project = TestRepository.create(folder.resolve("project"));
        project.git("branch", "mine");
        project.git("branch", "gits");
    }

    /** All files but the log, whose first line git writes itself when HEAD moves. */
    private Map<String, String> content(String name, String branch) throws IOException {
        Map<String, String> content = new TreeMap<>();
        try (Stream<Path> files =
                Files.walk(project.open().commonDirectory().resolve("worktrees").resolve(name))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                content.put(
                        file.getFileName().toString(),
                        Files.readString(file).replace(name, "NAME").replace(branch, "BRANCH"));
            }
        }
        content.put(
                ".git", Files.readString(folder.resolve(name).resolve(".git")).replace(name, "NAME"));
        return content;
    }

    @Test
    void makesWhatGitMakes() throws IOException {
        Path admin =
                Registration.make(project.open(), folder.resolve("one"), "mine").orElseThrow();
        project.git(
                "worktree", "add", "--no-checkout", "-q", folder.resolve("two").toString(), "gits");
        Files.delete(admin.resolveSibling("two").resolve("logs/HEAD"));

        assertThat(content("one", "mine"))
                .isEqualTo(content("two", "gits"))
                .containsOnlyKeys("HEAD", "commondir", "gitdir", ".git");
        assertThat(project.git("worktree", "list", "--porcelain"))
                .contains("worktree " + folder.toRealPath().resolve("one"), "branch refs/heads/mine");
    }

    @Test
    void isAWorktreeToWorkIn() {
        Path directory = folder.resolve("deep/er/one");
        Registration.make(project.open(), directory, "mine").orElseThrow();
        TestRepository made = TestRepository.at(directory);

        made.git("reset", "--hard", "-q");
        made.write("new", "new\n").commit("work");

        assertThat(made.git("status", "--porcelain")).isEmpty();
        assertThat(project.resolve("mine")).isEqualTo(made.head());
        assertThat(made.git("reflog", "--format=%gs")).contains("commit: work");
        assertThat(project.git("fsck", "--no-dangling", "--no-progress")).isEmpty();
        project.git("worktree", "remove", directory.toString());
    }

    @Test
    void takesAnotherNameWhereThereIsOneOfThatName() {
        Path first = Registration.make(project.open(), folder.resolve("a/wt"), "mine")
                .orElseThrow();
        Path second = Registration.make(project.open(), folder.resolve("b/wt"), "gits")
                .orElseThrow();

        assertThat(first.getFileName()).hasToString("wt");
        assertThat(second.getFileName()).hasToString("wt1");
        assertThat(TestRepository.at(folder.resolve("b/wt")).git("symbolic-ref", "--short", "HEAD"))
                .isEqualTo("gits");
    }

    @ParameterizedTest
    @ValueSource(strings = {"core.sharedRepository=group", "worktree.useRelativePaths=true", "core.fsync=none"})
    void leavesWhatIsConfiguredOtherwiseToGit(String setting) {
        String[] keyAndValue = setting.split("=", 2);
        project.git("config", keyAndValue[0], keyAndValue[1]);

        assertThat(Registration.make(project.open(), folder.resolve("one"), "mine"))
                .isEmpty();
        assertThat(folder.resolve("one")).doesNotExist();
    }

    @Test
    void leavesWorktreesWithSettingsOfTheirOwnToGit() {
        project.git("config", "extensions.worktreeConfig", "true");

        assertThat(Registration.make(project.open(), folder.resolve("one"), "mine"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.lock", ".a", "with blank", "a..b"})
    void leavesNamesToGitThatItWouldChange(String name) {
        assertThat(Registration.make(project.open(), folder.resolve(name), "mine"))
                .isEmpty();
    }

    @Test
    void leavesWhatIsThereAlready() throws IOException {
        Path users =
                Files.writeString(Files.createDirectories(folder.resolve("one")).resolve(".git"), "somebody's");

        assertThat(Registration.make(project.open(), folder.resolve("one"), "mine"))
                .isEmpty();
        assertThat(users).hasContent("somebody's");
        assertThat(project.open().commonDirectory().resolve("worktrees")).isEmptyDirectory();
    }

    @Test
    void takesBackWhatItBeganWhereThereCanBeNoWorktree() throws IOException {
        Files.writeString(folder.resolve("file"), "x");

        assertThat(Registration.make(project.open(), folder.resolve("file/one"), "mine"))
                .isEmpty();
        assertThat(project.open().commonDirectory().resolve("worktrees")).isEmptyDirectory();
    }
}
