package io.github.espalier.worktree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.espalier.worktree.internal.RescueChild;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be rescued is named, lies where it lay, and no ref claims to keep it. */
class RescueFailuresTest {
    private static final String REF = "refs/espalier/rescue/run/task/1";
    private static final List<String> WITHOUT_PRIVILEGES =
            List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all");

    @TempDir
    Path folder;

    private TestRepository main;
    private GitRepository repository;
    private WorktreeManager manager;
    private Worktree worktree;
    private TestRepository work;

    @BeforeEach
    void makeWorktree() {
        prepare(folder.resolve("main"), folder.resolve("wt"));
    }

    private void prepare(Path directory, Path linked) {
        main = TestRepository.init(directory);
        main.write("a.txt", "one\n").write(".gitignore", "/ignored/\n").commit("first");
        repository = main.open();
        manager = WorktreeManager.of(repository);
        worktree = manager.add(new WorktreeRequest(linked, "feature/x", main.head()));
        work = TestRepository.at(worktree.directory());
    }

    @AfterEach
    void leavesNoRoom() throws IOException {
        if (Files.exists(repository.stateDirectory())) {
            try (var left = Files.newDirectoryStream(repository.stateDirectory(), "rescue-*")) {
                assertThat(left).isEmpty();
            }
        }
        manager.close();
    }

    private RescueOutcome save(boolean ignored) {
        return Rescue.of(repository).save(new RescueRequest(worktree, REF, "m", ignored));
    }

    private void hasNoRescue() {
        assertThat(Refs.of(repository).list("refs/espalier/rescue/")).isEmpty();
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private void makePipe(String path) throws IOException, InterruptedException {
        assertThat(run("mkfifo", worktree.directory().resolve(path).toString())).isZero();
    }

    @Test
    void namesFilesAndFoldersThatCannotBeReadAndLeavesNoRef() throws Exception {
        work.write("readable", "r")
                .write("secret", "s")
                .write("ignored/secret", "i")
                .write("closed/f", "c");
        for (String path : List.of("secret", "ignored", "closed")) {
            Files.setPosixFilePermissions(
                    worktree.directory().resolve(path), PosixFilePermissions.fromString("---------"));
        }
        boolean privileged = Files.isReadable(worktree.directory().resolve("secret"));
        assumeFalse(privileged && run("setpriv", "--version") != 0, "root reads everything");

        Process child = RescueChild.start(privileged ? WITHOUT_PRIVILEGES : List.of(), repository, worktree, REF);
        String answer = RescueChild.await(child, "failed ");
        assertThat(child.waitFor()).isZero();

        assertThat(answer)
                .contains(worktree.directory() + ": could not be rescued", "cannot be read (2 in all)")
                .contains("secret", "closed")
                .doesNotContain("ignored");
        hasNoRescue();
        for (String path : List.of("secret", "ignored", "closed")) {
            Files.setPosixFilePermissions(
                    worktree.directory().resolve(path), PosixFilePermissions.fromString("rwx------"));
        }
        assertThat(work.read("secret") + work.read("ignored/secret") + work.read("closed/f"))
                .isEqualTo("sic");
        assertThat(save(false)).isInstanceOf(RescueOutcome.Saved.class);
    }

    @Test
    void failsWhereTheDiskIsFullAndLeavesItAsFullAsItWas() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk.toString()) == 0, "cannot mount");
        try {
            manager.close();
            prepare(disk.resolve("main"), folder.resolve("wt2"));
            byte[] noise = new byte[8 << 20];
            new Random(1).nextBytes(noise);
            Files.write(worktree.directory().resolve("noise"), noise);
            work.write("small", "small");
            long free = Files.getFileStore(disk).getUsableSpace();

            assertThatThrownBy(() -> save(false))
                    .isInstanceOfSatisfying(
                            RescueFailedException.class,
                            e -> assertThat(e.directory()).isEqualTo(worktree.directory()))
                    .hasMessageContaining("No space left on device");

            hasNoRescue();
            assertThat(worktree.directory().resolve("noise")).hasBinaryContent(noise);
            assertThat(work.read("small")).isEqualTo("small");
            assertThat(Files.getFileStore(disk).getUsableSpace()).isGreaterThan(free - (64 << 10));
            Files.delete(worktree.directory().resolve("noise"));
            assertThat(save(false)).isInstanceOf(RescueOutcome.Saved.class);
            leavesNoRoom();
        } finally {
            assertThat(run("umount", "-l", disk.toString())).isZero();
        }
    }

    @Test
    void takesAPipeInTheFilesPlaceForItsDeletionAndNamesIt() throws Exception {
        Files.delete(worktree.directory().resolve("a.txt"));
        makePipe("a.txt");
        work.write("n", "n");
        RescueOutcome.Saved saved = (RescueOutcome.Saved) save(false);
        assertThat(saved.leftOut()).containsExactly("a.txt: a socket, pipe or device");
        assertThat(TrackedFiles.at(repository, saved.commit())).containsExactly(".gitignore", "n");
    }

    @Test
    void namesIgnoredPipesOnlyWhereIgnoredFilesAreKept() throws Exception {
        work.write("ignored/f", "i").write("n", "n");
        makePipe("ignored/pipe");
        assertThat(((RescueOutcome.Saved) save(false)).leftOut()).isEmpty();
        assertThat(((RescueOutcome.Saved) save(true)).leftOut())
                .containsExactly("ignored/pipe: a socket, pipe or device");
    }

    @Test
    void failsWhereTheRefCannotBeMade() throws Exception {
        work.write("n", "n");
        Path refs = repository.commonDirectory().resolve("refs/espalier/rescue");
        Files.writeString(refs, "a file where a folder of refs is to be");
        assertThatThrownBy(() -> save(false)).isInstanceOf(RescueFailedException.class);
        Files.delete(refs);
        hasNoRescue();
        assertThat(save(false)).isInstanceOf(RescueOutcome.Saved.class);
    }
}
