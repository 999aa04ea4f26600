package io.github.espalier.worktree;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Random edits on both sides, merged by both engines and by {@code git merge} itself. */
class MergerPropertiesTest {
    private static Path folder = Path.of("");
    private static TestRepository repository = TestRepository.at(folder);
    private static TestRepository scratch = TestRepository.at(folder);

    @BeforeContainer
    static void makeRepository() throws IOException {
        folder = Files.createTempDirectory("espalier-merge");
        repository = TestRepository.init(folder.resolve("project"));
        for (String name : List.of("a", "b", "d/c", "d/e")) {
            repository.write(
                    name, Stream.of(1, 2, 3, 4, 5, 6).map(n -> name + n).collect(Collectors.joining("\n", "", "\n")));
        }
        repository.commit("base");
        repository.git(
                "worktree", "add", "-q", "--detach", folder.resolve("scratch").toString());
        scratch = TestRepository.at(folder.resolve("scratch"));
    }

    @AfterContainer
    static void deleteRepository() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Property(tries = 40)
    void equalsGit(@ForAll long seed) {
        Random random = new Random(seed);
        String ours = side(random);
        String theirs = side(random);
        scratch.git("checkout", "-q", "--detach", ours);
        Optional<String> refusal = merge(theirs);
        boolean clean = refusal.isEmpty();
        GitRepository opened = repository.open();

        MergeOutcome byGit = Merger.of(opened).merge(new MergeRequest(ours, theirs));

        if (clean) {
            assertThat(tree(byGit)).isEqualTo(scratch.resolve("HEAD^{tree}"));
        } else {
            assertThat(paths(byGit))
                    .isEqualTo(new TreeSet<>(List.of(scratch.git("diff", "--name-only", "--diff-filter=U")
                            .split("\n", -1))));
            scratch.git("merge", "--abort");
        }
        MergeOutcome byJGit = Merger.jgit(opened).merge(new MergeRequest(ours, theirs));
        if (!(byJGit instanceof MergeOutcome.Conflicted)) {
            assertThat(refusal).as("JGit merges what git does not").isEmpty();
            assertThat(tree(byJGit)).isEqualTo(tree(byGit));
        }
    }

    /** What git says against it; empty: it merged. */
    private static Optional<String> merge(String theirs) {
        try {
            scratch.git("merge", "-q", "--no-edit", theirs);
            return Optional.empty();
        } catch (AssertionError conflict) {
            return Optional.of(String.valueOf(conflict.getMessage()));
        }
    }

    private static String tree(MergeOutcome outcome) {
        return outcome instanceof MergeOutcome.Merged merged ? merged.tree() : ((MergeOutcome.UpToDate) outcome).tree();
    }

    private static Set<String> paths(MergeOutcome outcome) {
        return ((MergeOutcome.Conflicted) outcome)
                .conflicts().stream().map(Conflict::path).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String side(Random random) {
        scratch.git("checkout", "-q", "--detach", "main");
        for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
            List<String> files = List.of(scratch.git("ls-files").split("\n", -1));
            String file = files.get(random.nextInt(files.size()));
            switch (random.nextInt(5)) {
                case 0 -> scratch.git("rm", "-q", "--cached", "--force", "--", file);
                case 1 -> {
                    scratch.write("new" + random.nextInt(2), "new " + random.nextInt(2) + "\n");
                    scratch.git("add", "-A");
                }
                case 2 -> scratch.git("update-index", "--chmod=+x", file);
                default -> {
                    List<String> lines = new java.util.ArrayList<>(
                            scratch.git("show", ":" + file).lines().toList());
                    lines.set(random.nextInt(lines.size()), "edit " + random.nextInt(100));
                    scratch.write(file, String.join("\n", lines) + "\n");
                    scratch.git("add", "--", file);
                }
            }
        }
        scratch.git("commit", "-q", "--allow-empty", "-m", "side");
        String commit = scratch.head();
        scratch.git("checkout", "-q", "--force", "--detach", "main");
        scratch.git("clean", "-qffdx");
        return commit;
    }
}
