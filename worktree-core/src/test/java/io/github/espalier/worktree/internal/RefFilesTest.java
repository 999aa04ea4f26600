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
        assertThat(RefFiles.create(repository, REF, commit)).isTrue();

        assertThat(project.git("for-each-ref", "--format=%(refname) %(objectname)", "refs/espalier"))
                .isEqualTo(REF + " " + commit);
        project.git("pack-refs", "--all");
        assertThat(RefFiles.create(repository, REF, commit)).isFalse();
        Refs.of(repository).delete(Map.of(REF, commit));
        assertThat(Refs.of(repository).list("refs/espalier/")).isEmpty();
        assertThat(RefFiles.create(repository, REF, commit)).isTrue();
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
        assertThat(RefFiles.create(repository, REF, "1".repeat(40))).isFalse();
        Path lock = repository.commonDirectory().resolve(REF + ".lock");
        Files.createDirectories(lock.resolveSibling("."));
        Files.createFile(lock);
        assertThat(RefFiles.create(repository, REF, commit)).isFalse();
        assertThat(lock).exists();
        Files.delete(lock);
        Refs.of(repository).keep(REF, commit);

        assertThatThrownBy(() -> Refs.of(repository).keep(REF, commit)).isInstanceOf(RefMovedException.class);
    }
}
