package io.github.espalier.coordinator;

import static io.github.espalier.coordinator.TestHost.task;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What an agent can do to its own worktree and branch, through a whole run whose worktrees are to go: every content ends under
 * a ref or in a worktree that is listed, and the report names the place.
 */
@ExtendWith(UntouchedCheckouts.class)
@Timeout(120)
class AgentMischiefTest extends HostTest {
    /** Three contents before the mischief: committed, staged, neither. */
    private static final String WORK = "echo committed-1 > one.txt; git add one.txt; git commit -qm one;"
            + " echo staged-2 > two.txt; git add two.txt; echo loose-3 > three.txt; ";

    enum Mischief {
        DELETES_ITS_GIT_FILE("rm .git"),
        MOVES_ITS_WORKTREE("mv \"$PWD\" \"$PWD-moved\""),
        MOVES_ITS_WORKTREE_BY_GIT("git worktree move . ../project-elsewhere"),
        SWITCHES_BRANCHES("git checkout -q -b mine; git commit -qam two"),
        DETACHES_HEAD("git checkout -q --detach; git commit -qam two"),
        DETACHES_AND_COMES_BACK("git checkout -q --detach; git commit -qam two; git checkout -q feature/a"),
        REBASES("git commit -qam two; git rebase -q --exec 'git commit -q --amend -m other' HEAD~2"),
        RESETS("git reset -q --hard HEAD~1; echo loose-3 > three.txt; echo staged-2 > two.txt"),
        LEAVES_A_MERGE_HALF_DONE("git add -A; git commit -qm x; git checkout -q -b side HEAD~2;"
                + " echo other > one.txt; git add -A; git commit -qm y; git checkout -q feature/a; git merge side"),
        LEAVES_A_REBASE_HALF_DONE("git add -A; git commit -qm x; git checkout -q -b side HEAD~2;"
                + " echo other > one.txt; git add -A; git commit -qm y; git checkout -q feature/a; git rebase side"),
        DELETES_ITS_BRANCH("git update-ref -d refs/heads/feature/a"),
        DELETES_ITS_BRANCH_AND_DETACHES("git checkout -q --detach; git branch -qD feature/a"),
        DELETES_ITS_INDEX("rm \"$(git rev-parse --git-dir)/index\""),
        LEAVES_AN_INDEX_LOCK("touch \"$(git rev-parse --git-dir)/index.lock\""),
        LEAVES_A_LOCK_OF_ITS_BRANCH("touch \"$(git rev-parse --git-common-dir)/refs/heads/feature/a.lock\""),
        LOCKS_ITS_WORKTREE("git worktree lock .");

        private final String script;

        Mischief(String script) {
            this.script = script;
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DELETES_ITS_GIT_FILE", "MOVES_ITS_WORKTREE", "RESETS", "LEAVES_AN_INDEX_LOCK"})
    void losesNothingWhenAnAgentFails(Mischief mischief) throws IOException {
        assertKept(run(WORK + mischief.script + "; exit 1"));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "LEAVES_AN_INDEX_LOCK")
    void losesNothingWhenAnAgentEndsWell(Mischief mischief) throws IOException {
        assertKept(run(WORK + mischief.script + "; exit 0"));
    }

    private TaskReport run(String script) {
        return host.builder(script)
                .keepWorktrees(false)
                .build()
                .run(List.of(task("a", "one.txt")))
                .task("a");
    }

    private void assertKept(TaskReport report) throws IOException {
        host.repository().git("prune", "--expire=now");
        for (String content : List.of("committed-1", "staged-2", "loose-3")) {
            assertThat(underARef(content) || inAListedWorktree(content))
                    .as("%s in %s", content, report)
                    .isTrue();
        }
        assertThat(named(report)).as(report.toString()).isTrue();
    }

    private boolean underARef(String content) {
        return !host.repository()
                .git("log", "--all", "-m", "--format=%H", "-S" + content)
                .isEmpty();
    }

    private boolean inAListedWorktree(String content) throws IOException {
        for (String line :
                host.repository().git("worktree", "list", "--porcelain").lines().toList()) {
            if (line.startsWith("worktree ") && contains(Path.of(line.substring(9)), content)) {
                return true;
            }
        }
        return false;
    }

    private static boolean contains(Path worktree, String content) throws IOException {
        if (!Files.isDirectory(worktree)) {
            return false;
        }
        try (Stream<Path> files = Files.list(worktree).filter(Files::isRegularFile)) {
            for (Path file : files.toList()) {
                if (Files.readString(file).contains(content)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** It landed, or the report names a rescue, or a worktree that is there. */
    private static boolean named(TaskReport report) {
        return report.outcome().success()
                || report.rescue().isPresent()
                || report.worktree().filter(Files::isDirectory).isPresent();
    }
}
