package io.github.espalier.coordinator;

import static io.github.espalier.coordinator.TestHost.TARGET;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.espalier.worktree.LandingStrategy;
import io.github.espalier.worktree.TestRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** However work lands, each tree that the target comes to have is one that a verification had before it. */
@ExtendWith(UntouchedCheckouts.class)
@Timeout(120)
class VerifiedTreesTest extends HostTest {
    @ParameterizedTest
    @EnumSource
    void publishesTheTreesThatTheVerificationHadBeforeIt(LandingStrategy strategy) throws IOException {
        Path seen = folder.resolve("seen");
        host.branch("a", "a.txt", "a\n");
        host.branch("a", "a2.txt", "a\n");
        host.branch("b", "b.txt", "b\n");
        advanceTarget(strategy);

        RunReport report = host.builder(InstanceLauncher.none())
                .strategy(strategy)
                .verify(Verification.of(Check.command(
                                "tree", "sh", "-c", "git rev-parse 'HEAD^{tree}' >> $SEEN && git diff --quiet HEAD")
                        .environment("SEEN", seen.toString())))
                .build()
                .land(strategy == LandingStrategy.FAST_FORWARD ? List.of("a") : List.of("a", "b"));

        assertThat(report.success()).as(report.toString()).isTrue();
        TestRepository git = host.repository();
        List<String> published = git.git("log", "-g", "--format=%T", TARGET + "@{now}")
                .lines()
                .limit(report.tasks().size())
                .toList();
        assertThat(Files.readAllLines(seen)).containsExactlyInAnyOrderElementsOf(published);
        assertThat(published.get(0)).isEqualTo(git.resolve(TARGET + "^{tree}"));
        assertThat(host.onTarget("a2.txt")).isEqualTo("a");
    }

    /** So that the trees to land are those of no branch; a fast-forward is possible only where it has not moved. */
    private void advanceTarget(LandingStrategy strategy) {
        if (strategy != LandingStrategy.FAST_FORWARD) {
            host.branch(TARGET, "theirs.txt", "theirs\n");
        }
    }
}
