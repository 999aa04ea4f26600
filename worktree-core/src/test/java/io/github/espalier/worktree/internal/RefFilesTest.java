package io.github.espalier.worktree.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.RefMovedException;
import io.github.espalier.worktree.Refs;
import io.github.espalier.worktree.TestRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A ref that is made in this process is one to git. */
class RefFilesTest {
    private static final String REF = "refs/espalier/landing/run/one";

    @TempDir
    Path folder;

    private TestRepository project;
    private GitRepository repository;
    private String commit;

    @BeforeEach
    void makeRepository() {
        project = TestRepository.create(folder.resolve("project"));
        repository = project.open();
        commit = project.head();
    }

    @Test
    void makesARefThatGitKnowsPacksAndDeletes() {
        assertThat(RefFiles.keep(repository, REF, commit)).isTrue();

        assertThat(project.git("for-each-ref", "--format=%(refname) %(objectname)", "refs/espalier"))
                .isEqualTo(REF + " " + commit);
        project.git("pack-refs", "--all");
        assertThat(RefFiles.keep(repository, REF, commit)).isFalse();
        Refs.of(repository).delete(Map.of(REF, commit));
        assertThat(Refs.of(repository).list("refs/espalier/")).isEmpty();
        assertThat(RefFiles.keep(repository, REF, commit)).isTrue();
    }

    @Test
    void keepsACommitFromGarbageCollection() {
        project.git("checkout", "-q", "--detach");
        String kept = project.write("kept", "kept").commit("kept");
        project.git("checkout", "-q", "-");
        Refs.of(repository).keep(REF, kept);

        project.git("reflog", "expire", "--expire=now", "--all");
        project.git("gc", "-q", "--prune=now");

        assertThat(project.git("show", kept + ":kept")).isEqualTo("kept");
    }

    @Test
    void leavesItToGitWhereSomethingIsThereOrMissing() throws IOException {
        assertThat(RefFiles.keep(repository, REF, "1".repeat(40))).isFalse();
        Path lock = repository.commonDirectory().resolve(REF + ".lock");
        Files.createDirectories(lock.resolveSibling("."));
        Files.createFile(lock);
        assertThat(RefFiles.keep(repository, REF, commit)).isFalse();
        assertThat(lock).exists();
        Files.delete(lock);
        Refs.of(repository).keep(REF, commit);

        assertThatThrownBy(() -> Refs.of(repository).keep(REF, commit)).isInstanceOf(RefMovedException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false", "always"})
    void writesABranchAndItsLogAsGitDoes(String logged) throws IOException {
        project.git("config", "core.logAllRefUpdates", logged);
        project.git("config", "user.name", "Jos\u00e9 <the> Agent");

        assertThat(RefFiles.create(repository, "refs/heads/espalier/ours", commit))
                .isTrue();
        project.git("update-ref", "-m", "espalier", "refs/heads/espalier/gits", commit);

        assertSame("refs/heads/espalier/");
        assertSame("logs/refs/heads/espalier/");
    }

    private void assertSame(String names) throws IOException {
        Path ours = repository.commonDirectory().resolve(names + "ours");
        Path gits = repository.commonDirectory().resolve(names + "gits");
        assertThat(Files.exists(ours)).isEqualTo(Files.exists(gits));
        if (Files.exists(gits)) {
            assertThat(timeless(ours)).isEqualTo(timeless(gits));
            assertThat(Files.getPosixFilePermissions(ours)).isEqualTo(Files.getPosixFilePermissions(gits));
        }
    }

    private static String timeless(Path log) throws IOException {
        return Files.readString(log).replaceAll("> \\d+ ", "> ");
    }

    @Test
    void logsNothingWhereNothingIsCheckedOut() {
        project.git("config", "--unset-all", "core.logAllRefUpdates"); // git init sets it where files are checked out
        project.git("config", "core.bare", "true");

        assertThat(RefFiles.create(repository, "refs/heads/espalier/ours", commit))
                .isTrue();

        assertThat(repository.commonDirectory().resolve("logs/refs/heads/espalier"))
                .doesNotExist();
    }

    @Test
    void leavesNoLockWhereAConfigurationCannotBeRead() {
        project.git("config", "core.logAllRefUpdates", "now and then");

        assertThat(RefFiles.create(repository, "refs/heads/espalier/ours", commit))
                .isFalse();

        assertThat(repository.commonDirectory().resolve("refs/heads/espalier")).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"refs/heads/one", "refs/heads/one/two/three", "refs/heads/one/two"})
    void makesNoBranchBesideOneThatCouldNotBeBesideIt(String branch) {
        project.git("update-ref", "refs/heads/one/two", commit);

        assertThat(RefFiles.create(repository, branch, commit)).isFalse();
        project.git("pack-refs", "--all");
        assertThat(RefFiles.create(repository, branch, commit)).isFalse();

        assertThat(project.git("for-each-ref", "--format=%(refname)", "refs/heads/one"))
                .isEqualTo("refs/heads/one/two");
    }

    @Test
    void findsPackedRefsByTheirWholeName() {
        project.git("update-ref", "refs/heads/l\u00e4nger", commit);
        project.git("tag", "-a", "-m", "annotated", "v1");
        project.git("pack-refs", "--all");

        assertThat(RefFiles.read(repository.commonDirectory(), "refs/heads/l\u00e4nger"))
                .isEqualTo(new RefFiles.Found.Id(commit));
        assertThat(RefFiles.read(repository.commonDirectory(), "refs/tags/v1"))
                .isEqualTo(new RefFiles.Found.Id(project.git("rev-parse", "refs/tags/v1")));
        assertThat(RefFiles.read(repository.commonDirectory(), "refs/heads/l\u00e4nge"))
                .isEqualTo(new RefFiles.Found.Nothing());
        assertThat(RefFiles.read(repository.commonDirectory(), "heads/l\u00e4nger"))
                .isEqualTo(new RefFiles.Found.Nothing());
    }
}
