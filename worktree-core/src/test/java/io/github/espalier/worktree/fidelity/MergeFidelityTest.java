package io.github.espalier.worktree.fidelity;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.MergeRequest;
import io.github.espalier.worktree.MergeSession;
import io.github.espalier.worktree.Merger;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;

/**
 * Whatever two sides do, our engines come to what plain {@code git merge-tree} comes to. Those that git does the work for come
 * to the same tree and the same conflicts. JGit's
 * <ul>
 *   <li>never merges to another tree than git's, nor what git does not;
 *   <li>comes to git's tree, or conflicts in git's paths, where the sides have one base, nothing can have been renamed and no
 *       file is binary; it takes a new mode of a binary file for new content;
 *   <li>otherwise may have a conflict where git merges, or conflicts in other paths, or refuse; so that it does not make
 *       itself too easy, there is a share of all cases in which it comes to what git comes to.
 * </ul>
 */
class MergeFidelityTest {
    /** Cases that share a repository, and the processes that tell what to expect. */
    private static final int BATCH = 50;

    private static final double LEAST_DECIDED_BY_JGIT = 0.5;

    private static final List<String> DIRECTORY_RENAMES = List.of("conflict", "true", "false");

    @Property(tries = 4, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void equalsGit(@ForAll long seed) throws IOException {
        assertThat(compare(seed, 10).cases()).isEqualTo(BATCH);
    }

    @Example
    void letsJGitDecideMostCases() throws IOException {
        assertThatJGitDecidesMostCases(new Random(20_240_229).longs(4), 50);
    }

    @Tag("fidelity")
    @Property(tries = 1, edgeCases = EdgeCasesMode.NONE)
    void equalsGitInThousandsOfCases(@ForAll long seed) throws IOException {
        assertThatJGitDecidesMostCases(new Random(seed).longs(120), 1);
    }

    private static void assertThatJGitDecidesMostCases(LongStream seeds, int everyNth) throws IOException {
        JGitTally tally = new JGitTally();
        for (long seed : seeds.toArray()) {
            tally.add(compare(seed, everyNth));
        }
        System.out.println(tally);
        assertThat(tally.decided()).as(tally.toString()).isGreaterThan(LEAST_DECIDED_BY_JGIT);
    }

    /** Every engine on every case, but the one that starts processes for each only on every n-th. */
    private static JGitTally compare(long seed, int everyNth) throws IOException {
        Random random = new Random(seed);
        List<MergeCase> cases = new ArrayList<>();
        List<BatchRepository.Wanted> commits = new ArrayList<>();
        List<Integer> ends = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
            MergeCase made = MergeCase.random(random);
            cases.add(made);
            commits.addAll(made.after(commits.size()));
            ends.add(commits.size());
        }
        JGitTally tally = new JGitTally();
        try (BatchRepository repository = new BatchRepository()) {
            repository
                    .plain()
                    .git(
                            "config",
                            "merge.directoryRenames",
                            DIRECTORY_RENAMES.get(random.nextInt(DIRECTORY_RENAMES.size())));
            repository.plain().git("config", "merge.renames", String.valueOf(random.nextInt(4) > 0));
            List<String> ids = repository.write(commits);
            List<Map.Entry<String, String>> pairs = ends.stream()
                    .map(end -> Map.entry(ids.get(end - 2), ids.get(end - 1)))
                    .toList();
            List<GitsAnswer> answers = repository.mergeTree(pairs);
            GitRepository opened = repository.open();
            Merger git = Merger.of(opened);
            Merger jgit = Merger.jgit(opened);
            try (MergeSession session = MergeSession.open(opened)) {
                for (int i = 0; i < BATCH; i++) {
                    MergeRequest request =
                            new MergeRequest(pairs.get(i).getKey(), pairs.get(i).getValue());
                    String what = "case " + i + " of seed " + seed + ": " + cases.get(i);
                    Expected expected = new Expected(repository, request, answers.get(i));
                    Attempt byJGit = Attempt.of(jgit, request);
                    expected.assertThatGitsEngine(session, byJGit, "session, " + what);
                    if (i % everyNth == 0) {
                        expected.assertThatGitsEngine(git, byJGit, "git, " + what);
                    }
                    tally.add(expected.assertThatJGit(byJGit, cases.get(i).isSimple(), "JGit, " + what));
                }
            }
        }
        return tally;
    }
}
