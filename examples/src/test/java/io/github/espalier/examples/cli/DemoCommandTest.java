package io.github.espalier.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.espalier.worktree.TestRepository;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code demo}: processes of its own do real work on a clone. */
class DemoCommandTest {
    private static final Pattern CLONE = Pattern.compile("(?m)^Cloning (.*) into (.*)/project$");

    @TempDir
    Path folder;

    @Test
    void keepsTheCloneOfABareRepositoryWhereAskedAndElseLeavesNothing() {
        CliHost host = CliHost.in(folder);
        // A project that ignores all but its sources.
        host.repository().write(".gitignore", "*\n!src/\n!src/**\n").git("add", "--force", ".gitignore");
        host.repository().git("commit", "--quiet", "-m", "Ignore the rest");
        Path bare = host.bareClone("bare one.git");

        CliHost.Outcome outcome =
                host.espalier("demo", "--repo", bare.toString(), "--keep").ended(0);

        Path scratch = scratch(outcome);
        try (Kept kept = new Kept(scratch)) {
            assertThat(outcome.out())
                    .contains("3 of 3 landed on espalier-demo in ")
                    .containsPattern("(?m)^\\d\\d:\\d\\d:\\d\\d contents: verification passed$")
                    .contains("versions: committed what was left uncommitted as ")
                    .contains("Land versions: Compare versions by their numbers")
                    .endsWith("Kept: " + kept.folder() + "\n");
            TestRepository clone = TestRepository.at(scratch.resolve("project"));
            assertThat(clone.git("ls-tree", "-r", "--name-only", "espalier-demo")
                            .lines())
                    .contains(
                            "espalier-demo/INVENTORY.md",
                            "espalier-demo/Versions.java",
                            "espalier-demo/VersionsTest.java");
            assertThat(clone.git("show", "espalier-demo:README.md")).contains("<!-- contents -->");
            assertThat(clone.git("log", "--merges", "--format=%s", "espalier-demo")
                            .lines())
                    .hasSize(3);
            clone.git("switch", "--quiet", "espalier-demo");
            leavesNothingBesideWhatAnEarlierDemoLeft(clone);
        }
        assertThat(scratch).doesNotExist();
    }

    private static void leavesNothingBesideWhatAnEarlierDemoLeft(TestRepository clone) {
        clone.write("notes.txt", "not committed\n").write("README.md", "# Edited\n");
        Checkout before = Checkout.of(clone.directory());
        String refs = clone.git("for-each-ref");

        CliHost.Outcome outcome = CliHost.elsewhere(
                        "demo", "--repo", clone.directory().toString())
                .ended(0);

        assertThat(outcome.out())
                .contains("3 of 3 landed on espalier-demo-2 in ")
                .containsPattern("(?m)^Unchanged: "
                        + Pattern.quote(clone.directory().toString())
                        + " \\(HEAD, refs, stash, index, configuration and \\d+ files\\)$");
        assertThat(scratch(outcome)).doesNotExist();
        assertThat(Checkout.of(clone.directory())).isEqualTo(before);
        assertThat(clone.git("for-each-ref")).isEqualTo(refs);
    }

    @Test
    void refusesWhatItCannotClone() {
        TestRepository unborn = TestRepository.init(folder.resolve("unborn"));

        assertThat(CliHost.elsewhere("demo", "--repo", unborn.directory().toString())
                        .misuse())
                .isEqualTo(unborn.directory() + ": has no commit to clone; commit something, or name another"
                        + " repository");
        assertThat(CliHost.elsewhere("demo", "--repo", folder.toString()).misuse())
                .contains(folder + ": is in no git repository");
    }

    private static Path scratch(CliHost.Outcome outcome) {
        Matcher clone = CLONE.matcher(outcome.out());
        assertThat(clone.find()).as(outcome.out()).isTrue();
        return Path.of(clone.group(2));
    }
}
