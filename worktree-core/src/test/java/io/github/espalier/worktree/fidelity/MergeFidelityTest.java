package io.github.espalier.worktree.fidelity;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.espalier.worktree.Conflict;
import io.github.espalier.worktree.GitDiedException;
import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.MergeOutcome;
import io.github.espalier.worktree.MergeRequest;
import io.github.espalier.worktree.MergeSession;
import io.github.espalier.worktree.Merger;
import io.github.espalier.worktree.Side;
import io.github.espalier.worktree.UnsupportedMergeException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;

/** Whatever two sides do, our engines come to what plain {@code git merge-tree} comes to. */
class MergeFidelityTest {
    /** Cases that share a repository, and the processes that tell what to expect. */
    private static final int BATCH = 50;

    private static final List<String> DIRECTORY_RENAMES = List.of("conflict", "true", "false");

    @Property(tries = 4, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void equalsGit(@ForAll long seed) throws IOException {
        compare(seed, 10);
    }

    @Tag("fidelity")
    @Property(tries = 120, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void equalsGitInThousandsOfCases(@ForAll long seed) throws IOException {
        compare(seed, 1);
    }

    /** Every engine on every case, but the one that starts processes for each only on every n-th. */
    private static void compare(long seed, int everyNth) throws IOException {
        Random random = new Random(seed);
        List<MergeCase> cases = new ArrayList<>();
        List<BatchRepository.Wanted> commits = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
            MergeCase made = MergeCase.random(random);
            cases.add(made);
            commits.add(new BatchRepository.Wanted(made.base(), -1));
            commits.add(new BatchRepository.Wanted(made.ours(), 3 * i));
            commits.add(new BatchRepository.Wanted(made.theirs(), 3 * i));
        }
        try (BatchRepository repository = new BatchRepository()) {
            repository
                    .plain()
                    .git(
                            "config",
                            "merge.directoryRenames",
                            DIRECTORY_RENAMES.get(random.nextInt(DIRECTORY_RENAMES.size())));
            repository.plain().git("config", "merge.renames", String.valueOf(random.nextInt(4) > 0));
            List<String> ids = repository.write(commits);
            List<Map.Entry<String, String>> pairs = new ArrayList<>();
            for (int i = 0; i < BATCH; i++) {
                pairs.add(Map.entry(ids.get(3 * i + 1), ids.get(3 * i + 2)));
            }
            List<GitsAnswer> answers = repository.mergeTree(pairs);
            GitRepository opened = repository.open();
            Merger git = Merger.of(opened);
            Merger jgit = Merger.jgit(opened);
            try (MergeSession session = MergeSession.open(opened)) {
                for (int i = 0; i < BATCH; i++) {
                    MergeRequest request =
                            new MergeRequest(pairs.get(i).getKey(), pairs.get(i).getValue());
                    String what = "case " + i + " of seed " + seed + ": " + cases.get(i);
                    assertThatGitsEngine(session, request, answers.get(i), "session, " + what);
                    if (i % everyNth == 0) {
                        assertThatGitsEngine(git, request, answers.get(i), "git, " + what);
                    }
                    assertThatJGit(jgit, request, answers.get(i), "JGit, " + what);
                }
            }
        }
    }

    private static void assertThatGitsEngine(Merger merger, MergeRequest request, GitsAnswer expected, String what) {
        if (expected.died()) {
            try {
                merger.merge(request);
            } catch (GitDiedException e) {
                assertThat(e.exitCode()).as(what).isGreaterThan(128);
            }
            return; // what JGit makes of it is looked at below
        }
        MergeOutcome outcome = merger.merge(request);
        if (!expected.conflicted()) {
            assertThat(tree(outcome)).as(what).contains(expected.tree());
            return;
        }
        assertThat(outcome).as(what).isInstanceOfSatisfying(MergeOutcome.Conflicted.class, conflicted -> {
            assertThat(conflicted.tree()).as(what).contains(expected.tree());
            assertThat(conflicted.conflicts().stream().map(Conflict::path).collect(Collectors.toSet()))
                    .as(what)
                    .containsAll(expected.paths());
            for (GitsAnswer.Unmerged entry : expected.unmerged()) {
                assertThat(conflicted.conflicts())
                        .as(what + ": " + entry)
                        .anySatisfy(conflict -> assertThat(side(conflict, entry.stage()))
                                .hasValueSatisfying(side -> assertThat(List.of(side.mode(), side.blob()))
                                        .containsExactly(entry.mode(), entry.blob())));
            }
        });
    }

    private static void assertThatJGit(Merger merger, MergeRequest request, GitsAnswer expected, String what) {
        Optional<String> tree;
        try {
            tree = tree(merger.merge(request));
        } catch (UnsupportedMergeException e) {
            return;
        }
        if (expected.died()) {
            return;
        }
        tree.ifPresent(merged -> {
            assertThat(expected.conflicted())
                    .as("JGit merges what git does not; " + what)
                    .isFalse();
            assertThat(merged).as(what).isEqualTo(expected.tree());
        });
    }

    private static Optional<Side> side(Conflict conflict, int stage) {
        return switch (stage) {
            case 1 -> conflict.base();
            case 2 -> conflict.ours();
            default -> conflict.theirs();
        };
    }

    /** The tree of a clean merge. */
    private static Optional<String> tree(MergeOutcome outcome) {
        if (outcome instanceof MergeOutcome.Merged merged) {
            return Optional.of(merged.tree());
        }
        return outcome instanceof MergeOutcome.UpToDate same ? Optional.of(same.tree()) : Optional.empty();
    }
}
