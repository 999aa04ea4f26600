package io.github.espalier.coordinator;

import static io.github.espalier.coordinator.TestHost.TARGET;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.espalier.separator.Task;
import io.github.espalier.worktree.LandingStrategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of a branch that does not go together with the target. */
@ExtendWith(UntouchedCheckouts.class)
@Timeout(120)
class ConflictResolverTest extends HostTest {
    /** Both change the same line; the second one ends only when the first has landed. */
    private static final String BOTH =
            "if test $ESPALIER_TASK = b; then until test -e ../landed; do sleep 0.02; done; fi;"
                    + " echo \"class App { $ESPALIER_TASK }\" > src/App.java";

    private CoordinatorBuilder builder() {
        return host.builder(BOTH).listener(event -> {
            if (event instanceof RunEvent.TaskFinished finished
                    && finished.task().equals("a")) {
                create(folder.resolve("landed"));
            }
        });
    }

    private static void create(Path file) {
        try {
            Files.createFile(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Task> tasks() {
        return List.of(TestHost.task("a", "a"), TestHost.task("b", "b"));
    }

    private static boolean resolveBoth(ConflictResolver.Request request) throws IOException {
        Files.writeString(request.directory().resolve("src/App.java"), "class App { a b }\n");
        return true;
    }

    private String app() {
        return host.onTarget("src/App.java");
    }

    @Test
    void leavesTheConflictAndTellsItsLinesAndWhereTheyComeFrom() {
        RunReport report = builder().build().run(tasks());

        TaskOutcome.Conflicted conflicted =
                (TaskOutcome.Conflicted) report.task("b").outcome();
        assertThat(conflicted.details()).singleElement().satisfies(detail -> {
            assertThat(detail.patch()).contains("class App { a }").contains("class App { b }");
            assertThat(conflicted.tasks().get(detail.theirCommits().get(0))).isEqualTo("b");
            assertThat(detail.ourCommits()).isNotEmpty();
            detail.ourCommits().forEach(commit -> assertThat(conflicted.tasks()).containsEntry(commit, "a"));
        });
        Path worktree = host.worktree("b");
        assertThat(worktree).isDirectory();
        assertThat(host.repository().git("-C", worktree.toString(), "status", "--porcelain"))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"MERGE", "SQUASH", "REBASE"})
    void landsWhatWasResolved(LandingStrategy strategy) {
        RunReport report = builder()
                .strategy(strategy)
                .onConflict(ConflictPolicy.resolve(ConflictResolverTest::resolveBoth))
                .verify(request -> new Verification.Verdict(true, ""))
                .build()
                .run(tasks());

        assertThat(report.success()).as(report.toString()).isTrue();
        assertThat(app()).isEqualTo("class App { a b }");
        assertThat(report.task("b").notes()).anyMatch(note -> note.contains("resolved, at attempt 1"));
        assertThat(host.repository().git("worktree", "list").lines()).hasSize(1);
        assertThat(host.repository().git("for-each-ref", "refs/heads/espalier")).isEmpty();
    }

    /** A program that signs, after some other commands. */
    private Path signer(String first) throws IOException {
        Path signer = Files.writeString(
                folder.resolve("signer"),
                "#!/bin/sh\ncat >/dev/null\n" + first + "echo '[GNUPG:] SIG_CREATED D' >&2; echo 'a signature'\n");
        assertThat(signer.toFile().setExecutable(true)).isTrue();
        return signer;
    }

    @ParameterizedTest
    @EnumSource(names = {"MERGE", "REBASE"})
    void signsTheResolutionToo(LandingStrategy strategy) throws IOException {
        host.repository().git("config", "gpg.program", signer("").toString());

        RunReport report = builder()
                .strategy(strategy)
                .sign(true)
                .onConflict(ConflictPolicy.resolve(ConflictResolverTest::resolveBoth))
                .build()
                .run(tasks());

        assertThat(report.success()).as(report.toString()).isTrue();
        String resolved = host.repository().git("for-each-ref", "--format=%(objectname)", "refs/espalier/resolved/");
        assertThat(List.of(resolved.strip(), host.repository().resolve(TARGET)))
                .allSatisfy(commit -> assertThat(host.repository().git("cat-file", "commit", commit))
                        .contains("gpgsig a signature"));
    }

    @Test
    void makesNoWorktreeWhereNobodyResolves() {
        assertThat(ConflictPolicy.keep()).isEqualTo(ConflictPolicy.resolve(ConflictResolver.none()));

        RunReport report = builder()
                .onConflict(ConflictPolicy.resolve(ConflictResolver.none()).attempts(2))
                .build()
                .run(tasks());

        assertThat(report.task("b").outcome()).isInstanceOf(TaskOutcome.Conflicted.class);
        assertThat(report.task("b").attempts()).isEqualTo(1);
        assertThat(report.task("b").notes()).noneMatch(note -> note.contains("resol"));
        assertThat(host.repository().git("worktree", "list").lines()).hasSize(2);
    }

    @Test
    void resolvesByACommand() {
        RunReport report = builder()
                .onConflict(ConflictPolicy.resolve(ConflictResolver.command(
                        "sh", "-c", "grep -q '{ a }' \"$0\" && echo \"$ESPALIER_TASK\" > src/App.java", "{conflicts}")))
                .build()
                .run(tasks());

        assertThat(report.success()).as(report.toString()).isTrue();
        assertThat(app()).isEqualTo("b");
    }

    @Test
    void takesNoMarkersNorOtherChangesAndKeepsWhatWasTried() throws IOException {
        AtomicInteger attempts = new AtomicInteger();
        RunReport report = builder()
                .onConflict(ConflictPolicy.resolve(request -> {
                            if (attempts.incrementAndGet() == 1) {
                                Files.writeString(request.directory().resolve("src/App.java"), "<<<<<<< ours\n");
                            } else {
                                resolveBoth(request);
                                Files.writeString(request.directory().resolve("src/Lib.java"), "tampered\n");
                            }
                            return true;
                        })
                        .attempts(2))
                .build()
                .run(tasks());

        TaskReport task = report.task("b");
        assertThat(task.outcome()).isInstanceOf(TaskOutcome.Conflicted.class);
        assertThat(task.notes())
                .anyMatch(note -> note.contains("conflict markers are left: src/App.java"))
                .anyMatch(note -> note.contains("changed though not in conflict: src/Lib.java"));
        assertThat(host.repository().git("show", "refs/espalier/rescue/" + report.run() + "/b/resolve-2:src/Lib.java"))
                .isEqualTo("tampered");
        assertThat(app()).isEqualTo("class App { a }");
        assertThat(host.repository().git("worktree", "list").lines()).hasSize(2);
    }

    @Test
    void keepsWhatWasResolvedWhereItCannotBeCommitted() throws IOException {
        Path broken = folder.resolve("broken");
        Path signer = signer("test -e " + broken + " && exit 1; ");
        host.repository().git("config", "gpg.program", signer.toString());

        RunReport report = builder()
                .onConflict(ConflictPolicy.resolve(request -> {
                    create(broken);
                    return resolveBoth(request);
                }))
                .sign(true)
                .build()
                .run(tasks());

        assertThat(report.task("b").outcome()).isInstanceOf(TaskOutcome.Conflicted.class);
        assertThat(report.task("b").notes()).anyMatch(note -> note.contains("it broke: "));
        assertThat(host.repository().git("show", "refs/espalier/rescue/" + report.run() + "/b/resolve-1:src/App.java"))
                .isEqualTo("class App { a b }");
        assertThat(host.repository().git("for-each-ref", "refs/heads/espalier")).isEmpty();
    }

    @Test
    void takesOtherChangesThatAreAllowed() {
        RunReport report = builder()
                .onConflict(ConflictPolicy.resolve(request -> {
                            Files.writeString(request.directory().resolve("src/Lib.java"), "adapted\n");
                            return resolveBoth(request);
                        })
                        .allow("src/L*.java"))
                .build()
                .run(tasks());

        assertThat(report.success()).as(report.toString()).isTrue();
        assertThat(host.onTarget("src/Lib.java")).isEqualTo("adapted");
    }

    @Test
    void landsNoResolutionThatIsRed() {
        RunReport report = builder()
                .onConflict(ConflictPolicy.resolve(ConflictResolverTest::resolveBoth))
                .verify(Verification.command("sh", "-c", "! grep -q 'a b' src/App.java"))
                .build()
                .run(tasks());

        assertThat(report.task("b").outcome()).isInstanceOf(TaskOutcome.VerificationFailed.class);
        assertThat(app()).isEqualTo("class App { a }");
    }

    @Test
    void boundsTheTimeOfAResolver() {
        RunReport report = builder()
                .onConflict(ConflictPolicy.resolve(request -> {
                            new CountDownLatch(1).await();
                            return true;
                        })
                        .timeLimit(Duration.ofMillis(200)))
                .build()
                .run(tasks());

        assertThat(report.task("b").outcome()).isInstanceOf(TaskOutcome.Conflicted.class);
        assertThat(report.task("b").notes()).anyMatch(note -> note.contains("ran out of its PT0.2S"));
    }

    @Test
    void endsAResolverAtWorkWhenTheRunIsCancelled() throws Exception {
        CountDownLatch atWork = new CountDownLatch(1);
        try (Run run = builder()
                .onConflict(ConflictPolicy.resolve(request -> {
                    atWork.countDown();
                    new CountDownLatch(1).await();
                    return true;
                }))
                .build()
                .start(tasks())) {
            atWork.await();
            run.cancel();

            TaskReport task = run.await().task("b");
            assertThat(task.outcome()).isInstanceOf(TaskOutcome.Conflicted.class);
            assertThat(task.notes()).anyMatch(note -> note.contains("the run was cancelled"));
        }
    }

    @Test
    void doesTheTaskAgainFromTheNewTargetWhereTheHostSaysSo() {
        RunReport report = host.builder("if test $ESPALIER_TASK = b; then until test -e ../landed; do sleep 0.02; done;"
                        + " fi; echo $ESPALIER_TASK >> src/App.java")
                .listener(event -> {
                    if (event instanceof RunEvent.TaskFinished finished
                            && finished.task().equals("a")) {
                        create(folder.resolve("landed"));
                    }
                })
                .onConflict(ConflictPolicy.retryTask(1))
                .build()
                .run(tasks());

        assertThat(report.success()).as(report.toString()).isTrue();
        assertThat(app()).isEqualTo("class App {}\na\nb");
        assertThat(report.task("b").attempts()).isEqualTo(2);
        assertThat(host.repository().git("log", "--format=%s", TARGET)).contains("Land b");
    }
}
