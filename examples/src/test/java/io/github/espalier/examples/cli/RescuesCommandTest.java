package io.github.espalier.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.espalier.examples.support.SampleProject;
import io.github.espalier.examples.support.UserGit;
import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.Rescue;
import io.github.espalier.worktree.RescueMessage;
import io.github.espalier.worktree.RescueRequest;
import io.github.espalier.worktree.RescuedWork;
import io.github.espalier.worktree.Rescues;
import io.github.espalier.worktree.Worktree;
import io.github.espalier.worktree.WorktreeManager;
import io.github.espalier.worktree.WorktreeRequest;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RescuesCommandTest {
    @TempDir
    Path folder;

    private UserGit git;
    private GitRepository repository;
    private WorktreeManager worktrees;
    private Worktree worktree;
    private String repo;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void makeProject() {
        git = SampleProject.create(folder.resolve("project"));
        repo = git.directory().toString();
        repository = GitRepository.open(git.directory());
        worktrees = WorktreeManager.of(repository);
        worktree = worktrees.add(
                new WorktreeRequest(folder.resolve("project-wt1"), "feature/1", git.run("rev-parse", "main")));
    }

    @AfterEach
    void close() {
        worktrees.close();
    }

    private String rescue(String task, String content, Instant time) {
        SampleProject.write(worktree.directory(), "new/idea.txt", content);
        String ref = Rescues.PREFIX + "run/" + content + "/1";
        String message = new RescueMessage(task, "run-7", 2, time, "tests failed").text();
        Rescue.of(repository).save(new RescueRequest(worktree, ref, message, false));
        return Rescues.of(repository).find(ref).id();
    }

    private int espalier(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }

    private void misused(String remedy, String... arguments) {
        assertThat(espalier(arguments)).isEqualTo(Failures.MISUSE);
        assertThat(err.toString()).startsWith("espalier: ").contains(remedy);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void listsWhoWhenAndWhyWithoutLettingATaskIdDrawOnTheTerminal() {
        String id = rescue("us-1\n\u001b[31mx", "a", Instant.parse("2026-07-26T10:00:00Z"));
        assertThat(espalier("rescues", "--repo", repo)).isEqualTo(Failures.OK);
        assertThat(out.toString().lines())
                .containsExactly(
                        "Rescues: 1",
                        "  " + id + "  2026-07-26T10:00:00Z  us-1 ?[31mx, attempt 2: tests failed  " + Rescues.PREFIX
                                + "run/a/1");
    }

    @Test
    void showsARescueWhereverTheRepositoryIsNamed() {
        String id = rescue("us-1", "a", Instant.parse("2026-07-26T10:00:00Z"));
        assertThat(espalier("rescues", "show", id, "--repo", repo)).isEqualTo(Failures.OK);
        String shown = out.toString();
        assertThat(shown)
                .contains("Task:  us-1, attempt 2", "Run:  run-7", "Reason:  tests failed", "2026-07-26T10:00:00Z")
                .contains("Base:  " + git.run("rev-parse", "main"))
                .contains("  A  new/idea.txt")
                .contains("espalier rescues restore " + id + " --to BRANCH");
        for (String[] form : List.of(
                new String[] {"rescues", "--repo", repo, "show", id},
                new String[] {"rescues", "show", "--repo", repo, id},
                new String[] {"rescues", "show", "--repo=" + repo, id})) {
            assertThat(espalier(form)).isEqualTo(Failures.OK);
            assertThat(out.toString()).isEqualTo(shown);
        }
    }

    @Test
    void restoresToANewBranchOnly() {
        String id = rescue("us-1", "a", Instant.now());
        assertThat(espalier("rescues", "restore", "--repo", repo, id, "--to", "salvaged"))
                .isEqualTo(Failures.OK);
        assertThat(git.run("show", "salvaged:new/idea.txt")).isEqualTo("a");
        misused("choose another name", "rescues", "restore", "--repo", repo, id, "--to", "salvaged");
        misused("--to", "rescues", "restore", "--repo", repo, id);
        misused("list the rescues", "rescues", "restore", "--repo", repo, "feedbeef", "--to", "b");
        misused("check-ref-format", "rescues", "restore", "--repo", repo, id, "--to", "a..b");
    }

    @Test
    void prunesByAgeOrById() {
        rescue("old", "a", Instant.now().minus(Duration.ofDays(31)));
        String young = rescue("young", "b", Instant.now().minus(Duration.ofDays(29)));

        misused("--older-than 30d", "rescues", "prune", "--repo", repo);
        misused("--older-than 30d", "rescues", "prune", "--repo", repo, "--older-than", "30d", young);
        misused("30m", "rescues", "prune", "--repo", repo, "--older-than", "old");
        misused("30d", "rescues", "prune", "--repo", repo, "--older-than", "PT2562047788015215H");
        assertThat(espalier("rescues", "prune", "--repo", repo, "--older-than", "30d"))
                .isEqualTo(Failures.OK);
        assertThat(out.toString()).startsWith("Deleted: 1").contains("old, attempt 2");
        assertThat(Rescues.of(repository).list()).extracting(RescuedWork::id).containsExactly(young);
        assertThat(espalier("rescues", "prune", "--repo", repo, young)).isEqualTo(Failures.OK);
        assertThat(espalier("rescues", "--repo", repo)).isEqualTo(Failures.OK);
        assertThat(out.toString().strip()).isEqualTo("Rescues: 0");
    }

    @Test
    void refusesAFolderThatIsNoRepository() {
        misused("git repository", "rescues", "--repo", folder.toString());
        misused("git repository", "rescues", "show", "x", "--repo", folder.toString());
    }
}
