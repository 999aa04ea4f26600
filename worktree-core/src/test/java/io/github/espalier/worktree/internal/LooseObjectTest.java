package io.github.espalier.worktree.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.TestRepository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A commit that is written in this process is the one that git would write. */
class LooseObjectTest {
    private static final String PERSON = "Ä. Body <a@example.org> 1700000000 +0130";

    @TempDir
    Path folder;

    private TestRepository project;
    private RawCommit commit;

    @BeforeEach
    void makeCommit() {
        project = TestRepository.create(folder.resolve("project"));
        String person = new String(PERSON.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        commit = RawCommit.of(project.resolve("HEAD^{tree}"), List.of(project.head()), person, person, "Größe\n\nBody");
    }

    private Optional<String> write(GitRepository repository) {
        return LooseObject.commit(repository, repository.commonDirectory().resolve("objects"), commit.object());
    }

    private Path file(String id) {
        return LooseObject.file(project.open().commonDirectory().resolve("objects"), id);
    }

    @Test
    void writesWhatGitWrites() throws IOException {
        Path content = Files.write(folder.resolve("commit"), commit.object());
        String id = write(project.open()).orElseThrow();

        assertThat(project.git("hash-object", "-t", "commit", content.toString()))
                .isEqualTo(id);
        assertThat(project.git("cat-file", "commit", id)).contains("author " + PERSON, "Größe\n\nBody");
        assertThat(project.git("fsck", "--strict", "--no-dangling", "--no-progress"))
                .isEmpty();
        assertThat(Files.getPosixFilePermissions(file(id)))
                .noneMatch(allowed -> allowed.name().endsWith("WRITE"));
        try (Stream<Path> beside = Files.list(file(id).resolveSibling("."))) {
            assertThat(beside).noneMatch(other -> other.toString().contains("tmp_obj_"));
        }
    }

    @Test
    void keepsWhatIsThereFromGarbageCollection() throws IOException {
        String id = write(project.open()).orElseThrow();
        Files.setLastModifiedTime(file(id), FileTime.fromMillis(1000));

        assertThat(write(project.open())).contains(id);
        project.git("prune", "--expire=1.hour.ago");
        assertThat(project.git("cat-file", "-t", id)).isEqualTo("commit");
    }

    @Test
    void leavesItToGitWhereObjectsAreOfAnotherKindOrShared() {
        TestRepository other = TestRepository.init(folder.resolve("sha256"), "--object-format=sha256");
        project.git("config", "core.sharedRepository", "group");

        assertThat(write(other.open())).isEmpty();
        assertThat(write(project.open())).isEmpty();
        assertThat(project.git("cat-file", "-t", commit.write(project.open()))).isEqualTo("commit");
    }

    @Test
    void leavesItToGitWhereItCannotWrite() throws IOException {
        Path objects = Files.writeString(folder.resolve("file"), "x");

        assertThat(LooseObject.commit(project.open(), objects, commit.object())).isEmpty();
    }
}
