package io.github.espalier.worktree;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepositoryFingerprintTest {
    @TempDir
    Path folder;

    private TestRepository main;
    private GitRepository repository;
    private WorktreeManager manager;
    private Worktree worktree;
    private TestRepository work;
    private RepositoryFingerprint common;
    private RepositoryFingerprint own;

    @BeforeEach
    void takeFingerprints() throws IOException {
        main = TestRepository.create(folder.resolve("main"));
        repository = main.open();
        manager = WorktreeManager.of(repository);
        worktree = manager.add(new WorktreeRequest(folder.resolve("wt"), "feature/x", main.head()));
        work = TestRepository.at(worktree.directory());
        Files.createDirectories(git("hooks"));
        Files.writeString(git("hooks/pre-commit"), "#!/bin/sh\n");
        common = RepositoryFingerprint.of(repository);
        own = RepositoryFingerprint.of(worktree);
    }

    @AfterEach
    void close() {
        manager.close();
    }

    private Path git(String name) {
        return main.directory().resolve(".git").resolve(name);
    }

    private List<FileChange> changes() {
        return Stream.concat(
                        RepositoryFingerprint.of(repository).changesSince(common).stream(),
                        RepositoryFingerprint.of(worktree).changesSince(own).stream())
                .toList();
    }

    @Test
    void isTheSameAfterWorktreesCameAndWentAndWorkWasDone() {
        Worktree other = manager.add(new WorktreeRequest(folder.resolve("other"), "feature/y", main.head()));
        TestRepository.at(other.directory()).write("a", "a").commit("work");
        work.write("b", "b").commit("work");
        manager.remove(other, Removal.keepingBranch());
        main.git("gc", "-q");

        assertThat(changes()).isEmpty();
    }

    @Test
    void namesTheKeysThatChangedAndNoValue() {
        work.git("config", "core.fsmonitor", "/tmp/evil");
        work.git("config", "user.name", "Somebody Else");
        work.git("config", "--unset", "user.email");
        work.git("config", "url.https://name:secret@host/.insteadOf", "x:");

        assertThat(changes())
                .containsExactly(new FileChange(
                        git("config"),
                        FileChange.Kind.CONTENT,
                        List.of("core.fsmonitor", "url.https://host/.insteadof", "user.email", "user.name")));
        assertThat(changes().get(0).describe()).contains("core.fsmonitor").doesNotContain("evil", "Somebody", "secret");
    }

    @Test
    void knowsWhatGitWritesForABranchOfItsOwn() {
        main.git("branch", "other");
        work.git("branch", "-q", "--set-upstream-to=other");

        FileChange change = changes().get(0);

        assertThat(change.keys()).containsExactly("branch.feature/x.merge", "branch.feature/x.remote");
        assertThat(change.concernsOnly("feature/x")).isTrue();
        assertThat(change.concernsOnly("feature")).isFalse();
        main.git("config", "core.editor", "evil");
        assertThat(changes().get(0).concernsOnly("feature/x")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hooks/post-merge",
                "hooks/deep/er",
                "info/attributes",
                "info/grafts",
                "objects/info/alternates",
                "config.worktree"
            })
    void seesAFileThatIsNew(String name) throws IOException {
        Files.createDirectories(git(name).getParent());
        Files.writeString(git(name), "# new\n");

        assertThat(changes()).containsExactly(new FileChange(git(name), FileChange.Kind.ADDED, List.of()));
    }

    @Test
    void seesModesLinksAndWhatIsGone() throws IOException {
        assertThat(git("hooks/pre-commit").toFile().setExecutable(true)).isTrue();
        assertThat(changes()).extracting(FileChange::what).containsExactly(FileChange.Kind.MODE);

        Files.delete(git("hooks/pre-commit"));
        assertThat(changes()).extracting(FileChange::what).containsExactly(FileChange.Kind.REMOVED);

        Files.createSymbolicLink(git("hooks/pre-commit"), folder.resolve("main/README.md"));
        assertThat(changes()).extracting(FileChange::what).containsExactly(FileChange.Kind.KIND);
    }

    @Test
    void opensNeitherAPipeNorAFolderInTheConfigurationsPlace() throws Exception {
        Files.delete(git("config"));
        assertThat(new ProcessBuilder("mkfifo", git("config").toString())
                        .start()
                        .waitFor())
                .isZero();
        assertThat(changes()).extracting(FileChange::what).containsExactly(FileChange.Kind.KIND);

        Files.delete(git("config"));
        Files.createDirectory(git("config"));
        assertThat(changes()).extracting(FileChange::what).containsExactly(FileChange.Kind.KIND);
    }

    @Test
    void seesThePointersOfAWorktree() throws IOException {
        Files.writeString(worktree.directory().resolve(".git"), "gitdir: /elsewhere\n");
        Files.writeString(worktree.gitDirectory().resolve("commondir"), "/elsewhere\n");
        Files.writeString(worktree.gitDirectory().resolve("gitdir"), "/elsewhere/.git\n");
        Files.writeString(worktree.gitDirectory().resolve("config.worktree"), "[core]\n\tworktree = /elsewhere\n");

        assertThat(changes())
                .extracting(change -> change.file().getFileName() + " " + change.what() + change.keys())
                .containsExactlyInAnyOrder(
                        "commondir CONTENT[]",
                        "gitdir CONTENT[]",
                        "config.worktree ADDED[core.worktree]",
                        ".git CONTENT[]");
    }

    @Test
    void watchesConfigurationThatIsIncludedFromInsideTheRepository() throws IOException {
        main.git("config", "include.path", "../shared.config");
        main.write("shared.config", "[include]\n\tpath = more.config\n\tpath = shared.config\n");
        common = RepositoryFingerprint.of(repository);

        main.write("more.config", "[alias]\n\tx = !evil\n");

        assertThat(changes())
                .containsExactly(new FileChange(
                        main.directory().resolve("more.config"), FileChange.Kind.ADDED, List.of("alias.x")));
    }

    @Test
    void saysThatAConfigurationChangedWhichCannotBeParsed() throws IOException {
        Files.writeString(git("config"), "[core\n");

        assertThat(changes()).extracting(FileChange::file).containsExactly(git("config"));
    }
}
