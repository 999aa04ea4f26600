package io.github.espalier.coordinator;

import static io.github.espalier.coordinator.TestHost.TARGET;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.espalier.separator.Task;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Many finished branches, verifications that are red, green or flaky, and a target that may never be red. */
@ExtendWith(UntouchedCheckouts.class)
@Timeout(120)
class LandingQueueTest extends HostTest {
    private static final String COMMIT = "echo $ESPALIER_TASK > $ESPALIER_TASK.txt";

    /** Trees in the order in which they were verified. */
    private final List<String> verified = Collections.synchronizedList(new ArrayList<>());

    private final CompletableFuture<Run> run = new CompletableFuture<>();
    private final Set<String> green = Collections.synchronizedSet(new HashSet<>());
    private final AtomicInteger most = new AtomicInteger();

    private static List<Task> tasks(int count) {
        List<Task> tasks = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            tasks.add(TestHost.task("t" + i, "t" + i + ".txt"));
        }
        return tasks;
    }

    /** Red where the file of a red task is there; waits until all branches have finished, so that the queue is full. */
    private Verification red(Set<String> red) {
        AtomicInteger now = new AtomicInteger();
        return request -> {
            try (Stream<Path> files = Files.list(request.directory())) {
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                awaitAllFinished();
                verified.add(request.tree());
                boolean passes = files.map(file -> file.getFileName().toString().replace(".txt", ""))
                        .noneMatch(red::contains);
                if (passes) {
                    green.add(request.tree());
                }
                return new Verification.Verdict(passes, passes ? "" : "it is red");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                now.decrementAndGet();
            }
        };
    }

    private void awaitAllFinished() {
        Awaitility.await()
                .until(() -> run.join().status().stream()
                        .allMatch(task ->
                                Set.of("landing", "held", "cleaning", "done").contains(task.phase())));
    }

    private RunReport land(CoordinatorBuilder builder, List<Task> tasks) {
        try (Run started =
                builder.ceiling(tasks.size()).maxInstances(tasks.size()).build().start(tasks)) {
            run.complete(started);
            return started.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private RunReport land(int count, Set<String> red, int batch, int slots) {
        return land(
                host.builder(COMMIT).landingBatch(batch).maxVerifications(slots).verify(red(red)), tasks(count));
    }

    @ParameterizedTest
    @CsvSource({"6,t1,1,4", "8,t3;t6,1,4", "5,t5,1,2", "8,t4,8,1", "8,t2;t7,8,2", "4,t1;t2;t3;t4,2,3"})
    void landsWhatIsGreenAndDropsOnlyWhatIsRed(int count, String reds, int batch, int slots) {
        Set<String> red = reds == null ? Set.of() : Set.of(reds.split(";", -1));

        RunReport report = land(count, red, batch, slots);

        for (TaskReport task : report.tasks()) {
            assertThat(task.outcome())
                    .as(task.toString())
                    .isInstanceOf(
                            red.contains(task.id()) ? TaskOutcome.VerificationFailed.class : TaskOutcome.Landed.class);
        }
        List<String> published = host.repository()
                .git("log", "-g", "--format=%T", TARGET)
                .lines()
                .toList();
        assertThat(green).containsAll(published.subList(0, published.size() - 1));
        assertThat(verified).doesNotHaveDuplicates();
        int logarithm = 32 - Integer.numberOfLeadingZeros(count - 1);
        assertThat(verified).hasSizeLessThanOrEqualTo(count + red.size() * logarithm + red.size());
        assertThat(most.get()).isLessThanOrEqualTo(slots);
        assertThat(host.repository().git("worktree", "list").lines()).hasSize(1 + red.size());
        assertThat(host.repository().git("for-each-ref", "refs/heads/espalier", "refs/espalier/landing"))
                .isEmpty();
    }

    @Test
    void startsNoMoreAgentsWhileManyFinishedTasksWaitToLand() throws Exception {
        CountDownLatch opened = new CountDownLatch(1);
        CoordinatorBuilder builder = host.builder(COMMIT).maxInstances(1).verify(request -> {
            Awaitility.await().until(() -> opened.getCount() == 0);
            return new Verification.Verdict(true, "");
        });
        try (Run started = builder.build().start(tasks(12))) {
            Awaitility.await()
                    .until(() -> host.events(RunEvent.TaskWaiting.class)
                            .anyMatch(event -> event.reason().detail().contains("finished tasks wait to land")));

            assertThat(started.status().stream().filter(task -> task.phase().equals("waiting")))
                    .hasSize(4);
            assertThat(started.status().stream().filter(task -> task.phase().equals("running")))
                    .isEmpty();
            opened.countDown();
            assertThat(started.await().success()).isTrue();
        }
    }

    /**
     * Six branches, landed in their order: the verification of the first does not end before as many are under way as there
     * are slots, the third is red, and the fifth passes at a second attempt only.
     */
    @Test
    void keepsToTheBoundBesideSlowAndFlakyVerifications() throws IOException {
        int slots = 4;
        List<String> branches = new ArrayList<>();
        for (int i = 1; i <= 6; i++) {
            host.branch("t" + i, "t" + i + ".txt", "t" + i + "\n");
            branches.add("t" + i);
        }
        Path state = Files.createDirectory(folder.resolve("state"));
        String simulation = """
                tree=$(git rev-parse 'HEAD^{tree}')
                echo $tree >> $STATE/attempts
                touch $STATE/begun-$tree
                if test ! -e t2.txt; then # the first
                    until test $(ls $STATE | grep -c begun) -ge $SLOTS; do sleep 0.02; done
                fi
                test ! -e t3.txt || exit 1
                if test -e t5.txt -a ! -e t6.txt -a ! -e $STATE/tried-$tree; then
                    touch $STATE/tried-$tree
                    exit 1
                fi
                echo $tree >> $STATE/green
                """;

        RunReport report = host.builder(InstanceLauncher.none())
                .maxVerifications(slots)
                .verify(Verification.of(Check.command("tests", "sh", "-c", simulation)
                        .environment("STATE", state.toString())
                        .environment("SLOTS", String.valueOf(slots))
                        .retries(1)))
                .build()
                .land(branches);

        for (TaskReport task : report.tasks()) {
            assertThat(task.outcome())
                    .as(task.toString())
                    .isInstanceOf(
                            task.id().equals("t3") ? TaskOutcome.VerificationFailed.class : TaskOutcome.Landed.class);
            assertThat(task.notes().contains("check tests is flaky: it passed at attempt 2"))
                    .as(task.toString())
                    .isEqualTo(task.id().equals("t5"));
        }
        List<String> published = host.repository()
                .git("log", "--first-parent", "--format=%T", "main.." + TARGET)
                .lines()
                .toList();
        assertThat(published).hasSize(5);
        assertThat(Files.readAllLines(state.resolve("green"))).containsAll(published);
        Set<String> trees = Set.copyOf(Files.readAllLines(state.resolve("attempts")));
        assertThat(trees).hasSizeLessThanOrEqualTo(6 + 3 + 1);
    }

    @Test
    void verifiesABatchOnceWhereAllIsGreen() {
        RunReport report = land(7, Set.of(), 8, 1);

        assertThat(report.success()).as(report.toString()).isTrue();
        assertThat(verified).hasSizeLessThanOrEqualTo(2); // the first to finish may have set out alone
    }

    @Test
    void verifiesTheNextWhileTheFirstStillIs() {
        CountDownLatch both = new CountDownLatch(2);
        RunReport report = host.builder(COMMIT)
                .verify(request -> {
                    both.countDown();
                    try {
                        return new Verification.Verdict(both.await(30, TimeUnit.SECONDS), "alone");
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        return new Verification.Verdict(false, "interrupted");
                    }
                })
                .build()
                .run(tasks(2));

        assertThat(report.success()).as(report.toString()).isTrue();
    }

    @Test
    void landsByPriorityWhereTheHostSaysSo() {
        List<Task> tasks = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            tasks.add(Task.builder("t" + i)
                    .declare("t" + i + ".txt")
                    .priority(10 - i)
                    .build());
        }
        RunReport report = land(
                host.builder(COMMIT)
                        .maxVerifications(1)
                        .landingOrder(LandingOrder.PRIORITY)
                        .verify(red(Set.of())),
                tasks);

        assertThat(report.success()).as(report.toString()).isTrue();
        List<String> landed = host.repository()
                .git("log", "--first-parent", "--reverse", "--format=%s", TARGET)
                .lines()
                .filter(line -> line.startsWith("Land "))
                .map(line -> line.substring(5, 7))
                .toList();
        assertThat(landed.subList(1, 4)).isSortedAccordingTo(Collections.reverseOrder());
    }

    @Test
    void retriesAFlakyCheckAndReportsIt() {
        Path once = folder.resolve("once");
        AtomicInteger ended = new AtomicInteger();
        RunReport report = host.builder(COMMIT)
                .verify(Verification.of(
                        Check.command("form", "true"),
                        Check.command("tests", "sh", "-c", "test -e $ONCE || { touch $ONCE; exit 1; }")
                                .environment("ONCE", once.toString())
                                .retries(1)))
                .listener(event -> {
                    if (event instanceof RunEvent.VerificationEnded verification) {
                        ended.addAndGet(verification.checks().size());
                    }
                })
                .build()
                .run(tasks(1));

        assertThat(report.success()).as(report.toString()).isTrue();
        assertThat(report.task("t1").notes()).contains("check tests is flaky: it passed at attempt 2");
        assertThat(ended).hasValue(2);
    }

    @Test
    void tellsEachFailedCheckAndWhereItsLogIs() throws IOException {
        RunReport report = host.builder(COMMIT)
                .verify(Verification.of(
                        Check.command("form", "sh", "-c", "echo ill-formed; exit 3"),
                        Check.command("tests", "true"),
                        Check.command("links", "false")))
                .build()
                .run(tasks(1));

        TaskOutcome.VerificationFailed failed =
                (TaskOutcome.VerificationFailed) report.task("t1").outcome();
        assertThat(failed.reason())
                .contains("form: exit code 3")
                .contains("links")
                .doesNotContain("tests");
        assertThat(failed.log().orElseThrow()).content().contains("ill-formed");
    }
}
