package io.github.espalier.worktree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.espalier.worktree.internal.GitMergeSession;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How a session keeps its process, and does without it. What it merges, {@link MergerTest} shows. */
@Timeout(120)
class MergeSessionTest {
    private static final String LONG_NAME = "folder-with-a-long-name".repeat(8) + "/file";

    @TempDir
    Path folder;

    private TestRepository repository;
    private MergeSession session;

    @BeforeEach
    void openSession() {
        repository = TestRepository.create(folder.resolve("project"));
        repository.git("checkout", "-q", "-b", "ours");
        repository.write("a.txt", "a").commit("ours");
        repository.git("checkout", "-q", "-b", "theirs", "main");
        repository.write("b.txt", "b").commit("theirs");
        session = MergeSession.open(repository.open());
    }

    @AfterEach
    void closeSession() {
        session.close();
    }

    private MergeOutcome merge() {
        return session.merge(new MergeRequest("ours", "theirs"));
    }

    private MergeOutcome expected() {
        return Merger.of(repository.open()).merge(new MergeRequest("ours", "theirs"));
    }

    /** The session's process, as the command line tells it from those of other tests. */
    private Optional<ProcessHandle> process(String command) {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().commandLine().orElse("").contains(folder.toString()))
                .filter(process -> process.info().commandLine().orElse("").contains(command))
                .findFirst();
    }

    private ProcessHandle mergeTree() {
        return process("merge-tree").orElseThrow();
    }

    @Test
    void keepsItsProcess() {
        merge();
        ProcessHandle first = mergeTree();

        assertThat(merge()).isEqualTo(expected());
        assertThat(mergeTree()).isEqualTo(first);
    }

    @Test
    void leavesNoProcess() {
        merge();
        List<ProcessHandle> processes = List.of(mergeTree(), process("cat-file").orElseThrow());

        session.close();
        session.close();

        assertThat(processes).noneMatch(ProcessHandle::isAlive);
        assertThatThrownBy(this::merge).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void goesOnWhenItsProcessesAreKilled() throws Exception {
        merge();
        for (String command : List.of("merge-tree", "cat-file")) {
            ProcessHandle process = process(command).orElseThrow();
            process.destroyForcibly();
            process.onExit().get(30, TimeUnit.SECONDS);
        }

        assertThat(merge()).isEqualTo(expected());
        assertThat(merge()).isEqualTo(expected());
        assertThat(process("cat-file")).isPresent();
        assertThat(mergeTree().isAlive()).isTrue();
    }

    @Test
    void goesOnWhenItsProcessDoesNotAnswer() throws IOException, InterruptedException {
        session.close();
        session = new GitMergeSession(repository.open(), Set.of(), Duration.ofSeconds(2));
        MergeOutcome expected = expected();
        merge();
        ProcessHandle stopped = mergeTree();
        new ProcessBuilder("kill", "-STOP", String.valueOf(stopped.pid()))
                .start()
                .waitFor();

        assertThat(merge()).isEqualTo(expected);
        assertThat(stopped.isAlive()).isFalse();
    }

    @Test
    void startsAnewForOtherAttributesAndOtherConfiguration() {
        merge();
        ProcessHandle first = mergeTree();
        repository.git("checkout", "-q", "ours");
        repository.write(".gitattributes", "*.txt merge=union\n").commit("attributes");

        assertThat(merge()).isEqualTo(expected());
        ProcessHandle second = mergeTree();
        repository.git("config", "merge.renames", "false");

        assertThat(merge()).isEqualTo(expected());
        assertThat(List.of(first, second)).noneMatch(ProcessHandle::isAlive);
        assertThat(mergeTree().isAlive()).isTrue();
    }

    @Test
    void seesCommitsThatWereMadeAndPackedMeanwhile() {
        merge();
        repository.git("checkout", "-q", "theirs");
        for (int i = 0; i < 3; i++) {
            repository.write("c" + i + ".txt", "c").commit("more");
            repository.git("repack", "-q", "-a", "-d");

            assertThat(merge()).isEqualTo(expected());
        }
    }

    @Test
    void bearsLongAnswers() {
        String lines = "line\n".repeat(20);
        for (int i = 0; i < 300; i++) {
            repository.write(LONG_NAME + i, i + lines);
        }
        repository.commit("theirs");
        repository.git("checkout", "-q", "ours");
        for (int i = 0; i < 300; i++) {
            repository.write(LONG_NAME + i, i + "x" + lines);
        }
        repository.commit("ours");

        assertThat(((MergeOutcome.Conflicted) merge()).conflicts()).hasSize(300);
        assertThat(merge()).isEqualTo(expected());
    }

    /** Whether it answers or gives up depends on who is faster; either way it goes on, and nothing is left behind. */
    @Test
    void bearsItsThreadsInterruption() {
        merge();
        Thread.currentThread().interrupt();
        boolean gaveUp = false;
        try {
            merge();
        } catch (GitCommandException e) {
            gaveUp = true;
        }

        assertThat(Thread.interrupted()).isTrue();
        if (gaveUp) {
            assertThat(process("merge-tree")).isEmpty();
        }
        assertThat(merge()).isEqualTo(expected());
    }

    @Test
    void refusesWhatIsNotThere() {
        assertThatThrownBy(() -> session.merge(new MergeRequest("ours", "nowhere")))
                .isInstanceOf(UnknownRevisionException.class);
        assertThat(merge()).isEqualTo(expected());
    }
}
