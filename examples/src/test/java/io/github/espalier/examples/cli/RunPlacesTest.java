package io.github.espalier.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.espalier.worktree.TestRepository;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code run} on repositories of all kinds, and what it does to the checkout where it must follow. */
class RunPlacesTest extends CliTest {
    private String tasks;

    @BeforeEach
    void makeHost() {
        tasks = host.file("tasks.json", "[{\"id\": \"a\", \"files\": [\"src/App.java\"]}]");
    }

    @Test
    void carriesACheckoutOfTheTargetAlongAndKeepsEditsOfOtherFiles() {
        host.repository().git("switch", "--quiet", CliHost.TARGET);
        Checkout before = Checkout.of(host.repository().directory());

        run(host.project(), "echo '// by a' >> src/App.java\n").ended(0);

        assertThat(host.repository().read("src/App.java")).isEqualTo("class App {}\n// by a\n");
        assertThat(host.repository().head()).isEqualTo(host.repository().resolve(CliHost.TARGET));
        assertThat(host.repository().git("status", "--porcelain").lines())
                .containsExactlyInAnyOrder(" M README.md", "?? notes.txt");
        assertThat(host.repository().read("README.md")).isEqualTo("# Edited\n");
        Checkout after = Checkout.of(host.repository().directory());
        assertThat(after.bytes()).containsEntry("HEAD", before.bytes().get("HEAD"));
        assertThat(after.bytes()).containsEntry("config", before.bytes().get("config"));
    }

    @Test
    void runsFromAFolderInsideAndFromALinkedWorktree() {
        Path linked = folder.resolve("linked");
        host.repository().git("worktree", "add", "--quiet", "--detach", linked.toString());
        Checkout before = Checkout.of(host.repository().directory());

        run(host.project() + "/src", "echo 1 >> src/App.java\n").ended(0);
        run(linked.toString(), "echo 2 >> src/App.java\n").ended(0);

        assertThat(host.onTarget("src/App.java")).isEqualTo("class App {}\n1\n2");
        assertThat(Checkout.of(host.repository().directory())).isEqualTo(before);
        assertThat(TestRepository.at(linked).git("status", "--porcelain")).isEmpty();
        assertThat(TestRepository.at(linked).read("src/App.java")).isEqualTo("class App {}\n");
    }

    @Test
    void runsOnABareRepositoryWithANameOfItsOwn() {
        Path bare = host.bareClone("größe und mehr.git");

        CliHost.Outcome outcome =
                run(bare.toString(), "echo 1 >> src/App.java\n").ended(0);

        assertThat(outcome.out()).contains(" worktree " + folder.resolve("größe und mehr-wta") + " on feature/a");
        assertThat(TestRepository.at(bare).git("show", "roadmap:src/App.java")).isEqualTo("class App {}\n1");
    }

    @Test
    void leavesADetachedHeadAlone() {
        host.repository().git("switch", "--quiet", "--detach");

        host.run("--tasks", tasks, "--agent", host.agent("echo 1 >> src/App.java\n"))
                .ended(0);

        assertThat(host.onTarget("src/App.java")).isEqualTo("class App {}\n1");
    }

    @Test
    void takesAFreshNameWhereAFolderIsInTheWay() {
        host.file("project-wta/mine.txt", "mine\n");

        CliHost.Outcome outcome = host.run("--tasks", tasks, "--agent", host.agent("echo 1 >> src/App.java\n"))
                .ended(0);

        assertThat(outcome.out()).contains("note: ", "  note      ");
        assertThat(folder.resolve("project-wta/mine.txt")).hasContent("mine");
    }

    private CliHost.Outcome run(String repository, String script) {
        List<String> arguments =
                new ArrayList<>(Arrays.asList(host.runArguments("--tasks", tasks, "--agent", host.agent(script))));
        arguments.set(arguments.indexOf("--repo") + 1, repository);
        return CliHost.elsewhere(arguments.toArray(String[]::new));
    }
}
