package io.github.espalier.worktree.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.espalier.worktree.TestRepository;
import io.github.espalier.worktree.Worktree;
import io.github.espalier.worktree.WorktreeManager;
import io.github.espalier.worktree.WorktreeRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkouts of so many files that several processes write them. */
class ManyFilesTest {
    private static final int FILES = 1_010;

    @TempDir
    Path folder;

    private TestRepository main;

    @BeforeEach
    void makeRepository() {
        main = TestRepository.init(folder.resolve("main"));
    }

    @Test
    void theConfigurationSaysHowManyWriteWhereItDoes() {
        assertThat(workers()).isEqualTo("4");

        main.git("config", "checkout.workers", "1");

        assertThat(workers()).isEqualTo("1");
    }

    private String workers() {
        return Git.of(main.open())
                .trusting(ConfigurationSnapshot.of(main.open()))
                .command("config", "--get", "checkout.workers")
                .writingManyFiles()
                .run()
                .line();
    }

    @Test
    void aWorktreeOfManyFilesIsWhatGitMakes() throws IOException {
        for (int i = 0; i < FILES; i++) {
            main.write("part-" + i % 30 + "/file-" + i + (i % 7 == 0 ? ".txt" : ".dat"), i + "\n" + i + "\n");
        }
        main.write(".gitattributes", "*.txt text eol=crlf\n");
        Files.createSymbolicLink(main.directory().resolve("link"), Path.of("part-0"));
        String base = main.commit("many files");

        try (WorktreeManager manager = WorktreeManager.of(main.open())) {
            Worktree worktree = manager.add(new WorktreeRequest(folder.resolve("made"), "work/made", base));

            TestRepository made = TestRepository.at(worktree.directory());
            assertThat(made.git("status", "--porcelain", "--ignored")).isEmpty();
            assertThat(made.git("ls-files", "--eol", "part-7/file-7.txt")).contains("w/crlf");
            assertThat(Files.readString(worktree.directory().resolve("part-1/file-1.dat")))
                    .isEqualTo("1\n1\n");
            assertThat(Files.readSymbolicLink(worktree.directory().resolve("link")))
                    .isEqualTo(Path.of("part-0"));
        }
    }
}
