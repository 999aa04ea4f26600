package io.github.espalier.examples.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Every feature's {@code main} runs to its end and prints what it is there to show. */
@Isolated("it takes standard output")
class FeaturesTest {
    @Test
    void listensToEvents() throws Exception {
        assertThat(printedBy(ListenToEvents::main))
                .contains("RunStarted", "a TaskFinished", "b TaskWaiting: ", "RunFinished", "success: true");
    }

    @Test
    void mergesWithoutACheckout() throws Exception {
        assertThat(printedBy(MergeWithoutCheckout::main))
                .containsPattern("(?m)^french and guide merge to tree [0-9a-f]{40}$")
                .contains("french and german conflict in src/Greetings.java: content");
    }

    @Test
    void rescuesAWorktree() throws Exception {
        assertThat(printedBy(RescueAWorktree::main))
                .contains("the worktree is gone; refs/espalier/rescue/example/1 holds:")
                .contains("new/idea.txt", "src/Greetings.java");
    }

    @Test
    void runsThreeTasks() throws Exception {
        assertThat(printedBy(RunThreeTasks::main))
                .contains("us-1: landed as ", "us-2: landed as ", "us-3: landed as ")
                .contains("Land us-1: Write", "Land us-2: Read", "Land us-3: Reckon");
    }

    @Test
    void separatesTasks() throws Exception {
        assertThat(printedBy(SeparateTasks::main).lines())
                .contains(
                        "polite touches [src/Greetings.java]",
                        "french touches [src/Greetings.java]",
                        "guide touches [docs/**]",
                        "vague touches []",
                        "polite | guide",
                        "french | guide",
                        "polite x french: both touch src/Greetings.java");
    }

    @Test
    void separatesABacklog(@TempDir Path folder) throws Exception {
        Path page = folder.resolve("backlog.html");
        String printed = printedBy(args -> SeparateBacklog.main(page.toString()));

        assertThat(printed.lines().filter(line -> line.matches("us-1\\d\\d [.x\\\\]{40}")))
                .hasSize(40);
        assertThat(printed.lines().filter(line -> line.matches("\\d+-\\d+ place [123] us-1\\d\\d \\(.*")))
                .hasSize(40);
        assertThat(printed.lines())
                .contains("us-122 x us-123: both touch src/main/java/org/example/library/store/Backup.java;"
                        + " both touch docs/operations.md")
                .anyMatch(line -> line.startsWith("All over after "));
        assertThat(page).content().contains("<svg", "us-134").endsWith("</html>\n");
    }

    @Test
    void watchesResources() throws Exception {
        assertThat(printedBy(WatchResources::main))
                .containsPattern("there is room for 1|no room for one more: ")
                .contains("processor load %: ", "memory in use %:  OptionalDouble[", "free disk bytes:  OptionalLong[");
    }

    @Test
    void bringsALauncherOfItsOwn() throws Exception {
        assertThat(printedBy(WriteYourOwnLauncher::main))
                .containsPattern("(?m)^landed as [0-9a-f]{40}$")
                .containsPattern("(?m)^by .*hello");
    }

    /** A {@code main}. */
    @FunctionalInterface
    private interface Program {
        void run(String... args) throws Exception;
    }

    private static String printedBy(Program program) throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream before = System.out;
        try (PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
            System.setOut(out);
            program.run();
        } finally {
            System.setOut(before);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }
}
