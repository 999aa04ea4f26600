package io.github.espalier.worktree.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.TestRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrashTest {
    private static final Path MEMORY = Path.of("/dev/shm");

    @TempDir
    Path folder;

    private GitRepository repository;
    private Path trash;

    @BeforeEach
    void makeRepository() {
        repository = TestRepository.create(folder.resolve("project")).open();
        trash = repository.stateDirectory().resolve("trash");
    }

    private static Path filled(Path directory) throws IOException {
        Files.createDirectories(directory.resolve("deep"));
        Files.writeString(directory.resolve("deep/file.txt"), "f");
        return directory;
    }

    private Path onAnotherFileSystem() throws IOException {
        assumeThat(MEMORY).isDirectory().isWritable();
        assumeThat(Files.getFileStore(MEMORY)).isNotEqualTo(Files.getFileStore(folder));
        return Files.createTempDirectory(MEMORY, "espalier");
    }

    @Test
    void deletesWhatACrashLeft() throws IOException {
        Path aside;
        try (Trash crashed = new Trash(repository)) {
            aside = crashed.moveAside(filled(folder.resolve("wt")));
        }
        assertThat(aside.resolve("deep/file.txt")).exists();

        try (Trash later = new Trash(repository)) {
            later.resume();
        }

        assertThat(trash).isEmptyDirectory();
    }

    @Test
    void deletesWhatACrashLeftOnAnotherFileSystem() throws IOException {
        Path other = onAnotherFileSystem();
        try (Trash crashed = new Trash(repository)) {
            crashed.moveAside(filled(other.resolve("wt")));
        }
        assertThat(other.resolve("wt")).doesNotExist();
        assertThat(other).isNotEmptyDirectory();

        try (Trash later = new Trash(repository)) {
            later.resume();
            later.resume();
        }

        assertThat(other).isEmptyDirectory();
        assertThat(trash).isEmptyDirectory();
        Files.delete(other);
    }

    @Test
    void deletesOnAnotherFileSystemAndLeavesNoNote() throws IOException {
        Path other = onAnotherFileSystem();
        try (Trash now = new Trash(repository)) {
            now.discard(filled(other.resolve("wt")));
        }

        assertThat(other).isEmptyDirectory();
        assertThat(trash).isEmptyDirectory();
        Files.delete(other);
    }

    @Test
    void believesNoNoteThatNamesSomethingElse() throws IOException {
        Path precious = filled(folder.resolve("precious"));
        Files.createDirectories(trash);
        Files.writeString(trash.resolve("0.beside"), precious.toString());

        try (Trash later = new Trash(repository)) {
            later.resume();
        }

        assertThat(precious.resolve("deep/file.txt")).exists();
    }

    @Test
    void putsBackBesideAPlaceThatWasTakenMeanwhile() throws IOException {
        Path place = filled(folder.resolve("wt"));
        try (Trash now = new Trash(repository)) {
            Path aside = now.moveAside(place);
            Files.createDirectories(place);

            Path kept = now.putBack(aside, place);

            assertThat(kept.resolve("deep/file.txt")).hasContent("f");
            assertThat(place).isEmptyDirectory();
        }
    }
}
