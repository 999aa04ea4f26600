package io.github.espalier.worktree.fidelity;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.espalier.worktree.Conflict;
import io.github.espalier.worktree.GitDiedException;
import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.Identity;
import io.github.espalier.worktree.IntegrationOutcome;
import io.github.espalier.worktree.IntegrationRequest;
import io.github.espalier.worktree.Integrator;
import io.github.espalier.worktree.LandingStrategy;
import io.github.espalier.worktree.TestRepository;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;

/** Rebases and squashes on objects come to what {@code git rebase} and {@code git merge --squash} make in a checkout. */
class RebaseFidelityTest {
    private static final Pattern CRASH = Pattern.compile("ended with (1[3-9]\\d)|Assertion `");
    private static final int LONGEST_BRANCH = 3;

    @Property(tries = 1, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void equalsGit(@ForAll long seed) throws IOException {
        compare(seed, 4);
    }

    @Tag("fidelity")
    @Property(tries = 20, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void equalsGitInHundredsOfCases(@ForAll long seed) throws IOException {
        compare(seed, 20);
    }

    private static void compare(long seed, int cases) throws IOException {
        Random random = new Random(seed);
        List<BatchRepository.Wanted> commits = new ArrayList<>();
        List<int[]> ontoAndTip = new ArrayList<>();
        for (int i = 0; i < cases; i++) {
            RandomEdits edits = new RandomEdits(random);
            int base = commits.size();
            SortedMap<String, TreeEntry> tree = withoutSubmodules(edits.base());
            commits.add(BatchRepository.Wanted.root(tree));
            commits.add(new BatchRepository.Wanted(withoutSubmodules(edits.edited(tree)), base));
            int parent = base;
            for (int length = 1 + random.nextInt(LONGEST_BRANCH); length > 0; length--) {
                tree = withoutSubmodules(edits.edited(tree));
                commits.add(new BatchRepository.Wanted(tree, parent));
                parent = commits.size() - 1;
            }
            ontoAndTip.add(new int[] {base + 1, parent});
        }
        try (BatchRepository repository = new BatchRepository()) {
            List<String> ids = repository.write(commits);
            repository.plain().git("config", "advice.mergeConflict", "false");
            repository
                    .plain()
                    .git(
                            "worktree",
                            "add",
                            "-q",
                            "--detach",
                            repository.folder().resolve("scratch").toString(),
                            ids.get(0));
            TestRepository scratch = TestRepository.at(repository.folder().resolve("scratch"));
            for (int i = 0; i < cases; i++) {
                String onto = ids.get(ontoAndTip.get(i)[0]);
                String tip = ids.get(ontoAndTip.get(i)[1]);
                String what = "case " + i + " of seed " + seed;
                compareRebase(repository.open(), scratch, onto, tip, "rebase, " + what);
                compareSquash(repository.open(), scratch, onto, tip, "squash, " + what);
            }
        }
    }

    /** A checkout of a submodule that nobody has is another matter. */
    private static SortedMap<String, TreeEntry> withoutSubmodules(SortedMap<String, TreeEntry> tree) {
        tree.values().removeIf(entry -> entry.mode().equals(TreeEntry.SUBMODULE));
        return tree;
    }

    private static void compareRebase(
            GitRepository repository, TestRepository scratch, String onto, String tip, String what) {
        scratch.git("checkout", "-q", "--force", "--detach", tip);
        scratch.git("clean", "-qffdx");
        Optional<String> refusal = refusal(scratch, "rebase", "-q", "--no-keep-empty", onto);
        if (refusal.filter(text -> CRASH.matcher(text).find()).isPresent()) {
            refusal(scratch, "rebase", "--quit");
            return;
        }
        Optional<IntegrationOutcome> ours = integrate(repository, LandingStrategy.REBASE, onto, tip);
        if (refusal.isEmpty()) {
            String log = "%T %an <%ae> %ad%n%B";
            String made = scratch.git("log", "--date=raw", "--format=" + log, onto + "..HEAD");
            String tree = scratch.resolve("HEAD^{tree}");
            assertThat(ours).as(what + ": " + made).isPresent();
            if (ours.get() instanceof IntegrationOutcome.Integrated integrated) {
                assertThat(integrated.tree()).as(what).isEqualTo(tree);
                assertThat(scratch.git("log", "--date=raw", "--format=" + log, onto + ".." + integrated.commit()))
                        .as(what)
                        .isEqualTo(made);
            } else {
                assertThat(ours.get()).as(what).isInstanceOf(IntegrationOutcome.NothingToIntegrate.class);
                assertThat(tree).as(what).isEqualTo(scratch.resolve(onto + "^{tree}"));
            }
            return;
        }
        String stopped = scratch.resolve("REBASE_HEAD");
        Set<String> unmerged = unmerged(scratch);
        scratch.git("rebase", "--abort");
        assertThat(ours)
                .as(what)
                .hasValueSatisfying(outcome ->
                        assertConflicts(outcome, Optional.of(stopped), unmerged, what + ": " + refusal.get()));
    }

    private static void compareSquash(
            GitRepository repository, TestRepository scratch, String onto, String tip, String what) {
        scratch.git("checkout", "-q", "--force", "--detach", onto);
        scratch.git("clean", "-qffdx");
        Optional<String> refusal = refusal(scratch, "merge", "-q", "--squash", tip);
        if (refusal.filter(text -> CRASH.matcher(text).find()).isPresent()) {
            return;
        }
        Optional<IntegrationOutcome> ours = integrate(repository, LandingStrategy.SQUASH, onto, tip);
        if (refusal.isPresent()) {
            Set<String> unmerged = unmerged(scratch);
            assertThat(ours)
                    .as(what)
                    .hasValueSatisfying(outcome ->
                            assertConflicts(outcome, Optional.empty(), unmerged, what + ": " + refusal.get()));
            return;
        }
        String tree = scratch.git("write-tree");
        assertThat(ours)
                .as(what)
                .hasValueSatisfying(outcome -> assertThat(
                                outcome instanceof IntegrationOutcome.Integrated integrated
                                        ? integrated.tree()
                                        : scratch.resolve(onto + "^{tree}"))
                        .as(what)
                        .isEqualTo(tree));
    }

    private static void assertConflicts(
            IntegrationOutcome outcome, Optional<String> commit, Set<String> unmerged, String what) {
        assertThat(outcome).as(what).isInstanceOfSatisfying(IntegrationOutcome.Conflicted.class, conflicted -> {
            assertThat(conflicted.atCommit()).as(what).isEqualTo(commit);
            assertThat(conflicted.conflicts().stream()
                            .filter(RebaseFidelityTest::hasEntries)
                            .map(Conflict::path)
                            .collect(Collectors.toSet()))
                    .as(what)
                    .isEqualTo(unmerged);
        });
    }

    /**
     * A path that git names in a conflict and has no version of is not in its index: a folder of which nobody knows where it
     * was renamed to; a name that a renamed folder would have given to what both sides renamed.
     */
    private static boolean hasEntries(Conflict conflict) {
        return Stream.of(conflict.base(), conflict.ours(), conflict.theirs())
                .flatMap(Optional::stream)
                .anyMatch(side -> side.path().equals(conflict.path()));
    }

    private static Set<String> unmerged(TestRepository scratch) {
        return scratch.git("ls-files", "--unmerged")
                .lines()
                .map(line -> line.substring(line.indexOf('\t') + 1).replaceFirst("~.*", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Optional<IntegrationOutcome> integrate(
            GitRepository repository, LandingStrategy strategy, String onto, String tip) {
        try {
            return Optional.of(Integrator.of(repository)
                    .integrate(new IntegrationRequest(onto, tip, strategy, "Land it\n", Identity.DEFAULT)));
        } catch (GitDiedException e) {
            return Optional.empty();
        }
    }

    /** What git says against it; empty: it did it. */
    private static Optional<String> refusal(TestRepository scratch, String... arguments) {
        try {
            scratch.git(arguments);
            return Optional.empty();
        } catch (AssertionError refusal) {
            return Optional.of(String.valueOf(refusal.getMessage()));
        }
    }
}
