package io.github.espalier.coordinator;

import static io.github.espalier.coordinator.TestHost.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.espalier.coordinator.faults.FailingSync;
import io.github.espalier.worktree.GitRepository;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
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

    private FailingSync sync;

    @BeforeEach
    void compile() throws Exception {
        Optional<FailingSync> compiled = FailingSync.in(folder);
        assumeThat(compiled).as("a C compiler").isPresent();
        sync = compiled.orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6})
    void losesNothingAndGoesNoFurtherThanItHasWrittenDown(int good) throws Exception {
        try (ChildHost child = ChildHost.start(
                host.repository().directory(), WORK, "", sync.environment(good), task("a", "one.txt"))) {
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
