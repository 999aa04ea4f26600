package io.github.espalier.worktree;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Two sides of a repository, merged by one merger or another. */
abstract class MergerFixture {
    static final String TEN_LINES = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n";

    @TempDir
    Path folder;

    TestRepository repository;

    private final List<AutoCloseable> open = new ArrayList<>();

    abstract Merger merger(GitRepository opened);

    @AfterEach
    void closeMergers() throws Exception {
        for (AutoCloseable merger : open) {
            merger.close();
        }
    }

    /** Closes what a merger holds after the test. */
    <T extends AutoCloseable> T closing(T merger) {
        open.add(merger);
        return merger;
    }

    @BeforeEach
    void makeRepository() {
        repository = TestRepository.init(folder.resolve("project"));
        repository.write("file.txt", TEN_LINES).write("other.txt", "other\n").commit("base");
    }

    /** Makes both sides from the present commit, and merges them. */
    MergeOutcome merge(Consumer<TestRepository> ours, Consumer<TestRepository> theirs) {
        repository.git("checkout", "-q", "-B", "ours", "main");
        ours.accept(repository);
        repository.commit("ours");
        repository.git("checkout", "-q", "-B", "theirs", "main");
        theirs.accept(repository);
        repository.commit("theirs");
        repository.git("checkout", "-q", "main");
        return merger(repository.open())
                .merge(new MergeRequest(repository.resolve("ours"), repository.resolve("theirs")));
    }

    /** The tree that {@code git merge} itself makes of both sides, in a checkout of its own. */
    String treeOfGit() {
        Path checkout = folder.resolve("by-git");
        repository.git("worktree", "add", "-q", "--detach", checkout.toString(), "ours");
        try {
            TestRepository.at(checkout).git("merge", "-q", "--no-edit", "theirs");
            return TestRepository.at(checkout).resolve("HEAD^{tree}");
        } finally {
            repository.git("worktree", "remove", "--force", checkout.toString());
        }
    }

    void assertMergesAsGit(MergeOutcome outcome) {
        assertThat(outcome).isEqualTo(new MergeOutcome.Merged(treeOfGit()));
    }

    static Conflict only(MergeOutcome outcome) {
        List<Conflict> conflicts = ((MergeOutcome.Conflicted) outcome).conflicts();
        assertThat(conflicts).hasSize(1);
        return conflicts.get(0);
    }
}
