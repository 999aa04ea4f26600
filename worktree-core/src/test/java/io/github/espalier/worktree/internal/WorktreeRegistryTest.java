package io.github.espalier.worktree.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.TestRepository;
import io.github.espalier.worktree.WorktreeEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The list of worktrees from git's files is the one that git gives. */
class WorktreeRegistryTest {
    @TempDir
    Path folder;

    private TestRepository project;

    @BeforeEach
    void makeRepository() {
        project = TestRepository.create(folder.resolve("project"));
    }

    private Path add(String name, String... arguments) {
        Path directory = folder.resolve(name);
        project.git("worktree", "add", "-q", directory.toString());
        if (arguments.length > 0) {
            TestRepository.at(directory).git(arguments);
        }
        return directory;
    }

    private static void assertReadAsGitLists(GitRepository repository) {
        List<WorktreeEntry> listed = new WorktreeList(repository).listed();

        assertThat(new WorktreeRegistry(repository).read()).contains(listed);
    }

    @Test
    void listsTheMainWorktreeAlone() {
        assertReadAsGitLists(project.open());
    }

    @Test
    void listsEveryStateOfAWorktree() throws IOException {
        add("on-a-branch-of-its-own");
        add("b", "checkout", "-q", "--detach");
        add("orphan", "checkout", "-q", "--orphan", "unborn/yet");
        project.git("worktree", "lock", add("locked").toString());
        Files.move(add("gone"), folder.resolve("elsewhere"));
        Path lockedAndGone = add("locked-and-gone");
        project.git("worktree", "lock", lockedAndGone.toString());
        Files.move(lockedAndGone, folder.resolve("elsewhere-too"));
        project.git("pack-refs", "--all");
        TestRepository.at(add("ä")).write("x", "x").commit("after packing");
        Files.createDirectories(project.directory().resolve(".git/worktrees/empty"));

        assertReadAsGitLists(project.open());
    }

    @Test
    void listsARepositoryWhoseGitDirectoryIsElsewhere() {
        TestRepository apart = TestRepository.init(
                folder.resolve("apart"),
                "--separate-git-dir",
                folder.resolve("git").toString());
        apart.write("a", "a").commit("first");

        assertReadAsGitLists(apart.open());
    }

    @Test
    void leavesToGitWhatIsNotPlain() throws IOException {
        Path registration = project.directory().resolve(".git/worktrees/linked");
        add("linked");
        project.git("clone", "-q", "--bare", ".", folder.resolve("bare.git").toString());
        GitRepository bare = GitRepository.open(folder.resolve("bare.git"));
        assertThat(new WorktreeRegistry(bare).read()).isEmpty();

        GitRepository repository = project.open();
        project.git("symbolic-ref", "refs/heads/alias", "refs/heads/main");
        TestRepository.at(folder.resolve("linked")).git("symbolic-ref", "HEAD", "refs/heads/alias");
        assertThat(new WorktreeRegistry(repository).read()).isEmpty();

        Files.writeString(registration.resolve("HEAD"), "nonsense\n");
        assertThat(new WorktreeRegistry(repository).read()).isEmpty();

        Files.delete(registration.resolve("HEAD"));
        assertThat(new WorktreeRegistry(repository).read()).isEmpty();
    }
}
