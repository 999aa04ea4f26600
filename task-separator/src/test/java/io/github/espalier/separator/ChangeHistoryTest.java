package io.github.espalier.separator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangeHistoryTest {
    @TempDir
    private Path folder;

    private GitFolder git;

    @BeforeEach
    void makeHistory() {
        git = GitFolder.library(folder.resolve("library").toAbsolutePath());
    }

    private Path cache() {
        return git.directory().resolve(".git/espalier/cache/history-1.bin");
    }

    private ChangeHistory read() {
        return ChangeHistory.of(git.directory(), "main");
    }

    private List<String> idsByGit() {
        return git.git("log", "--reverse", "--no-merges", "--format=%H").lines().toList();
    }

    @Test
    void readsTheChangesThatGitLists() {
        git.git("mv", "docs/guide.md", "docs/manual.md");
        git.commit("Move the guide", Map.of("src/main/Parser.java", "class Parser {}"));

        ChangeHistory history = read();

        assertThat(history.changes()).extracting(PastChange::id).containsExactlyElementsOf(idsByGit());
        PastChange last = history.changes().get(history.changes().size() - 1);
        assertThat(last.subject()).isEqualTo("Move the guide");
        assertThat(last.paths())
                .extracting(PathChange::after)
                .containsExactlyInAnyOrder("src/main/Parser.java", "docs/manual.md");
        assertThat(last.paths()).extracting(PathChange::kind).contains(DeclaredPath.Kind.RENAME);
        assertThat(history.gap()).isEmpty();
    }

    @Test
    void readsOnlyWhatIsNewFromTheSecondTimeOn() throws IOException {
        read();
        byte[] before = Files.readAllBytes(cache());
        git.commit("One more", Map.of("new.txt", "new"));

        assertThat(read().changes()).extracting(PastChange::id).containsExactlyElementsOf(idsByGit());
        assertThat(Files.readAllBytes(cache())).isEqualTo(before);
    }

    @Test
    void followsABranchThatWasRewritten() {
        read();
        git.git("reset", "-q", "--hard", "HEAD~3");
        git.commit("Another way", Map.of("new.txt", "new"));

        assertThat(read().changes()).extracting(PastChange::id).containsExactlyElementsOf(idsByGit());
    }

    @Test
    void takesATornCacheForNone() throws IOException {
        ChangeHistory whole = read();
        byte[] bytes = Files.readAllBytes(cache());
        for (int length : List.of(0, 3, bytes.length / 2, bytes.length - 1)) {
            Files.write(cache(), java.util.Arrays.copyOf(bytes, length));

            assertThat(read()).isEqualTo(whole);
        }
        bytes[bytes.length / 2] ^= 1;
        Files.write(cache(), bytes);

        assertThat(read()).isEqualTo(whole);
    }

    @Test
    void isReadByManyAtOnce() throws IOException {
        ChangeHistory alone = read();
        Files.delete(cache());

        assertThat(IntStream.range(0, 16).parallel().mapToObj(i -> read()).distinct())
                .containsExactly(alone);
        try (Stream<Path> files = Files.list(cache().getParent())) {
            assertThat(files).containsExactly(cache());
        }
    }

    /** Prints what it reads, for {@link #isReadByManyProcessesAtOnce}. */
    static final class Reader {
        private Reader() {}

        public static void main(String... args) {
            ChangeHistory history = ChangeHistory.of(Path.of(args[0]), "main");
            history.changes().forEach(change -> System.out.println(change.id()));
        }
    }

    @Test
    void isReadByManyProcessesAtOnce() throws Exception {
        List<Process> readers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            readers.add(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path")
                                    + File.pathSeparator
                                    + System.getProperty("jdk.module.path", ""),
                            Reader.class.getName(),
                            git.directory().toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start());
        }
        for (Process reader : readers) {
            try (BufferedReader out = reader.inputReader()) {
                assertThat(out.lines()).containsExactlyElementsOf(idsByGit());
            }
            assertThat(reader.waitFor()).isZero();
        }

        assertThat(read().changes()).extracting(PastChange::id).containsExactlyElementsOf(idsByGit());
        try (Stream<Path> files = Files.list(cache().getParent())) {
            assertThat(files).containsExactly(cache());
        }
    }

    @Test
    void takesAwayWhatADeadProcessLeftHalfWritten() throws IOException {
        Files.createDirectories(cache().getParent());
        Path dead = Files.createFile(cache().resolveSibling(cache().getFileName() + ".1.new"));
        Path alive = Files.createFile(cache().resolveSibling(cache().getFileName() + ".2.new"));
        Files.setLastModifiedTime(dead, FileTime.from(Instant.now().minus(Duration.ofHours(2))));

        read();

        assertThat(dead).doesNotExist();
        assertThat(alive).exists();
    }

    @Test
    void isEmptyWhereNothingWasCommittedYet() {
        GitFolder empty = GitFolder.init(folder.resolve("empty").toAbsolutePath());

        ChangeHistory history = ChangeHistory.of(empty.directory(), "main");

        assertThat(history.changes()).isEmpty();
        assertThat(history.gap()).hasValueSatisfying(gap -> assertThat(gap).contains("no past change"));
        assertThatThrownBy(() -> ChangeHistory.of(git.directory(), "gone")).hasMessageContaining("\"gone\"");
    }

    @Test
    void saysThatACloneIsShallow() {
        git.git(
                "clone",
                "-q",
                "--depth",
                "2",
                "file://" + git.directory(),
                folder.resolve("clone").toString());

        ChangeHistory history = ChangeHistory.of(folder.resolve("clone"), "main");

        assertThat(history.changes()).hasSize(2);
        assertThat(history.gap()).hasValueSatisfying(gap -> assertThat(gap).contains("shallow"));
    }
}
