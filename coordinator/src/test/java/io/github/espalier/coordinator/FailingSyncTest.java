package io.github.espalier.coordinator;

import static io.github.espalier.coordinator.TestHost.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.espalier.worktree.GitRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A disk that takes a journal's lines and then does not keep them: fsync fails. Skipped where there is no C compiler. */
@Tag("faults")
@ExtendWith(UntouchedCheckouts.class)
@Timeout(120)
class FailingSyncTest extends HostTest {
    private static final String WORK =
            "echo committed > one.txt; git add one.txt; git commit -qm one; echo not > two.txt; touch ../written";

    private Path library;

    @BeforeEach
    void compile() throws Exception {
        library = folder.resolve("failing-fsync.so");
        Path source = Path.of("src/test/c/failing-fsync.c").toAbsolutePath();
        int result;
        try {
            result = new ProcessBuilder("cc", "-shared", "-fPIC", "-o", library.toString(), source.toString(), "-ldl")
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("cc.log").toFile())
                    .start()
                    .waitFor();
        } catch (IOException e) {
            result = -1; // no compiler
        }
        assumeThat(result).as("a C compiler").isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6})
    void losesNothingAndGoesNoFurtherThanItHasWrittenDown(int good) throws Exception {
        Map<String, String> environment = Map.of("LD_PRELOAD", library.toString(), "FSYNC_GOOD", String.valueOf(good));
        try (ChildHost child =
                ChildHost.start(host.repository().directory(), WORK, "", environment, task("a", "one.txt"))) {
            assertThat(child.await()).isNotZero();
        }

        Coordinator coordinator = host.builder("true").build();
        coordinator.recover();

        if (Files.exists(folder.resolve("written"))) {
            for (String file : List.of("one.txt", "two.txt")) {
                boolean reached = !host.repository()
                        .git("log", "--all", "--format=%H", "--", file)
                        .isEmpty();
                assertThat(reached || Files.exists(host.worktree("a").resolve(file)))
                        .as(file)
                        .isTrue();
            }
        }
        assertThat(RunHistory.of(GitRepository.open(host.repository().directory()))
                        .runs())
                .allSatisfy(run -> assertThat(run.endedAt()).isPresent());
        assertThat(coordinator.recover()).isEmpty();
    }
}
