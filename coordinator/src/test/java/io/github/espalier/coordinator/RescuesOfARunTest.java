package io.github.espalier.coordinator;

import static io.github.espalier.coordinator.TestHost.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.espalier.coordinator.HandLauncher.HandInstance;
import io.github.espalier.worktree.RescueMessage;
import io.github.espalier.worktree.RescuedFile;
import io.github.espalier.worktree.RescuedWork;
import io.github.espalier.worktree.Rescues;
import io.github.espalier.worktree.TestRepository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a run puts aside is found again with whose it is and why. */
@ExtendWith(UntouchedCheckouts.class)
@Timeout(120)
class RescuesOfARunTest extends HostTest {
    private final HandLauncher launcher = new HandLauncher();

    private RescuedWork onlyRescue() {
        List<RescuedWork> list = Rescues.of(host.repository().open()).list();
        assertThat(list).hasSize(1);
        return list.get(0);
    }

    @Test
    void tellsTheReaderExactlyWhatTheRunSaidOfIt() throws Exception {
        String id = "x\\u000aEspalier-Run: evil";
        String cause = "node gone\n\nEspalier-Task: other\nEspalier-Run: other";
        Run run = host.builder(launcher).build().start(List.of(task(id, "a.txt")));
        HandInstance instance = launcher.next();
        TestRepository.at(instance.worktree()).write("half.txt", "half");

        instance.end(new InstanceEnd.Lost(cause));
        RunReport report = run.await();

        RescuedWork work = onlyRescue();
        RescueMessage message = work.message().orElseThrow();
        assertThat(report.task(id).rescue()).contains(work.ref());
        assertThat(message.task()).isEqualTo(id);
        assertThat(message.run()).isEqualTo(report.run());
        assertThat(message.attempt()).isEqualTo(1);
        assertThat(message.reason()).isEqualTo(report.task(id).outcome().describe());
        assertThat(work.time()).contains(message.time());
        assertThat(Rescues.of(host.repository().open()).files(work))
                .containsExactly(new RescuedFile("half.txt", RescuedFile.Status.ADDED));
    }

    @Test
    void keepsTheWorktreeWhereMoreIsUntrackedThanIsCopied() throws Exception {
        Run run = host.builder(launcher)
                .untrackedLimit(10)
                .keepWorktrees(false)
                .build()
                .start(List.of(task("a", "a.txt"), task("b", "b.txt")));
        HandInstance large = launcher.next();
        TestRepository.at(large.worktree()).write("large.txt", "eleven bytes").write("README.md", "edited");
        HandInstance small = launcher.next();
        TestRepository.at(small.worktree()).write("small.txt", "ten bytes.");
        large.end(new InstanceEnd.Exited(1));
        small.end(new InstanceEnd.Exited(1));
        RunReport report = run.await();

        TaskReport kept = report.task(large.request().name().task());
        assertThat(large.worktree().resolve("large.txt")).hasContent("eleven bytes");
        assertThat(kept.worktree()).contains(large.worktree());
        assertThat(kept.notes()).anySatisfy(note -> assertThat(note).contains("large.txt"));
        assertThat(host.repository().git("show", kept.rescue().orElseThrow() + ":README.md"))
                .isEqualTo("edited");
        assertThat(small.worktree()).doesNotExist();
        assertThatThrownBy(() -> host.builder(launcher).untrackedLimit(-1).build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("untrackedLimit -1");
    }

    @Test
    void keepsWhatWasStagedInAWorktreeThatItsAgentDeleted() throws Exception {
        Run run = host.builder(launcher).build().start(List.of(task("a", "a.txt")));
        HandInstance instance = launcher.next();
        TestRepository.at(instance.worktree()).write("staged.txt", "staged").git("add", "staged.txt");
        try (var files = Files.walk(instance.worktree())) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }

        instance.end(new InstanceEnd.Lost("node gone"));
        TaskReport report = run.await().task("a");

        assertThat(report.rescue()).contains(onlyRescue().ref());
        assertThat(host.repository().git("show", onlyRescue().ref() + ":staged.txt"))
                .isEqualTo("staged");
        assertThat(report.notes()).anyMatch(note -> note.contains("gone"));
    }

    @Test
    void saysOfAWorktreeThatIsGoneWhereToLookForIt() throws Exception {
        Run run = host.builder(launcher).build().start(List.of(task("a", "a.txt")));
        HandInstance instance = launcher.next();
        Path far = Files.createDirectories(folder.resolve("far/away")).resolve("moved");
        Files.move(instance.worktree(), far);

        instance.end(new InstanceEnd.Lost("node gone"));
        TaskReport report = run.await().task("a");

        assertThat(report.rescue()).isEmpty();
        assertThat(report.notes()).anyMatch(note -> note.contains("gone") && note.contains(".git file"));
        assertThat(far).isDirectory();
    }
}
