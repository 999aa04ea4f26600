package io.github.espalier.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.espalier.worktree.TestRepository;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code land} and {@code undo} where the target is checked out, and on a bare repository. */
class LandPlacesTest extends CliTest {
    @BeforeEach
    void makeBranch() {
        host.branch("one", "src/App.java", "class App { int one; }\n");
    }

    @Test
    void carriesACheckoutOfTheTargetAlongAndBackAndKeepsEditsOfOtherFiles() {
        host.repository().git("switch", "--quiet", CliHost.TARGET);

        land(host.project()).ended(0);

        assertThat(host.repository().read("src/App.java")).isEqualTo("class App { int one; }\n");
        keepsEdits();

        undo(host.project()).ended(0);

        assertThat(host.repository().read("src/App.java")).isEqualTo("class App {}\n");
        keepsEdits();
    }

    private void keepsEdits() {
        assertThat(host.repository().git("status", "--porcelain").lines())
                .containsExactlyInAnyOrder(" M README.md", "?? notes.txt");
        assertThat(host.repository().read("README.md")).isEqualTo("# Edited\n");
        assertThat(host.repository().git("branch", "--show-current")).isEqualTo(CliHost.TARGET);
    }

    @Test
    void carriesALinkedWorktreeAlongAndLeavesTheCheckoutAlone() {
        Path linked = folder.resolve("linked");
        host.repository().git("worktree", "add", "--quiet", linked.toString(), CliHost.TARGET);
        Checkout before = Checkout.of(host.repository().directory());

        land(linked.toString()).ended(0);

        assertThat(TestRepository.at(linked).read("src/App.java")).isEqualTo("class App { int one; }\n");
        assertThat(TestRepository.at(linked).git("status", "--porcelain")).isEmpty();

        undo(linked.toString(), "--move-back").ended(0);

        assertThat(TestRepository.at(linked).read("src/App.java")).isEqualTo("class App {}\n");
        assertThat(TestRepository.at(linked).git("status", "--porcelain")).isEmpty();
        assertThat(Checkout.of(host.repository().directory())).isEqualTo(before);
    }

    @Test
    void holdsALandingWhereAFileThatItChangesWasEdited() {
        host.repository().git("switch", "--quiet", CliHost.TARGET);
        host.repository().write("src/App.java", "// the user's own\n");
        String tip = host.repository().resolve(CliHost.TARGET);
        Checkout before = Checkout.of(host.repository().directory());

        CliHost.Outcome outcome = land(host.project()).ended(1);

        assertThat(outcome.out())
                .contains("0 of 1 landed on roadmap", "outcome   held: " + host.project())
                .containsPattern("(?m)^  held      refs/espalier/held/\\S+$")
                .containsPattern("(?m)^  next      commit or put away the edits in ");
        assertThat(host.repository().resolve(CliHost.TARGET)).isEqualTo(tip);
        assertThat(Checkout.of(host.repository().directory())).isEqualTo(before);
    }

    @Test
    void undoesNothingWhereAFileThatItChangesWasEdited() {
        host.repository().git("switch", "--quiet", CliHost.TARGET);
        land(host.project()).ended(0);
        host.repository().write("src/App.java", "// the user's own\n");
        String refs = host.repository().git("for-each-ref");
        Checkout before = Checkout.of(host.repository().directory());

        CliHost.Outcome reverted = undo(host.project()).ended(1);
        CliHost.Outcome movedBack = undo(host.project(), "--move-back").ended(1);

        assertThat(reverted.out()).contains(": not undone: " + host.project() + ": ");
        assertThat(movedBack.out()).contains(": not undone: " + host.project() + ": ");
        assertThat(host.repository().git("for-each-ref")).isEqualTo(refs);
        assertThat(Checkout.of(host.repository().directory())).isEqualTo(before);
    }

    @Test
    void landsAndUndoesInABareRepository() {
        Path bare = host.bareClone("bare.git");

        land(bare.toString()).ended(0);

        assertThat(TestRepository.at(bare).git("show", "roadmap:src/App.java")).isEqualTo("class App { int one; }");

        String commit = TestRepository.at(bare).resolve(CliHost.TARGET);
        CliHost.elsewhere("undo", "--repo", bare.toString(), commit).ended(0);

        assertThat(TestRepository.at(bare).git("show", "roadmap:src/App.java")).isEqualTo("class App {}");
        assertThat(TestRepository.at(bare).git("rev-parse", CliHost.TARGET + "^"))
                .isEqualTo(commit);
    }

    private static CliHost.Outcome land(String repository) {
        return CliHost.elsewhere("land", "--repo", repository, "--target", CliHost.TARGET, "one");
    }

    /** Takes back what the target's tip is. */
    private CliHost.Outcome undo(String repository, String... more) {
        String tip = host.repository().resolve(CliHost.TARGET);
        return CliHost.elsewhere(CliHost.followed(List.of("undo", "--repo", repository, tip), more));
    }
}
