package io.github.espalier.separator;

import static io.github.espalier.separator.TaskSeparatorContract.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictingSeparatorTest {
    @TempDir
    private static Path folder;

    private static ProjectKnowledge known;

    @BeforeAll
    static void readTheProject() {
        known = ProjectKnowledge.read(GitFolder.library(folder.toAbsolutePath()).directory(), "main");
    }

    @Nested
    class WithoutHistory implements TaskSeparatorContract {
        @Override
        public TaskSeparator separator(ProjectTree tree) {
            return TaskSeparator.builder(tree).build();
        }
    }

    @Nested
    class Safe implements TaskSeparatorContract {
        @Override
        public TaskSeparator separator(ProjectTree tree) {
            return TaskSeparator.builder(tree).history(known).build();
        }
    }

    @Nested
    class Risk implements TaskSeparatorContract {
        @Override
        public TaskSeparator separator(ProjectTree tree) {
            return TaskSeparator.builder(tree)
                    .history(known)
                    .policy(SeparationPolicy.risk(0.01))
                    .build();
        }

        /** What is in question here is how much is known, and this project tells of every task. */
        @Override
        public void findsATaskThatTouchesNobodyKnowsWhatIndependentOfNothing() {
            TaskSeparator nothing = TaskSeparator.builder(ProjectTree.empty())
                    .history(folder.resolve("gone"), "main")
                    .policy(SeparationPolicy.risk(0.01))
                    .build();

            assertThat(nothing.separate(List.of(task("a"), task("b", "x"))).valid())
                    .isFalse();
        }
    }

    private static TaskSeparatorBuilder builder() {
        return TaskSeparator.builder(known.tree()).history(known);
    }

    private static Task titled(String id, String title) {
        return Task.builder(id).title(title).build();
    }

    @Test
    void holdsBackByRiskWhatNamesNoCommonFile() {
        List<Task> tasks = List.of(
                titled("quotes", "Parse quotes that are not closed"),
                titled("escapes", "Parse escaped quotes in comments"),
                titled("guide", "Overdue letters"));

        Separation separation =
                builder().policy(SeparationPolicy.risk(0.1)).build().separate(tasks);

        assertThat(separation.probability("quotes", "escapes"))
                .isGreaterThan(separation.probability("quotes", "guide"));
        assertThat(separation.conflict("quotes", "escapes")).hasValueSatisfying(conflict -> {
            assertThat(conflict.probability()).isBetween(0.1, 1.0);
            assertThat(conflict.reasons().get(0).describe()).contains("both may touch src/");
        });
    }

    /** The fit is what takes time; it is kept, and knows the library that it belongs to. */
    @Test
    void predictsTheSameByAFitThatWasKept() throws Exception {
        GitFolder git = GitFolder.library(folder.resolve("kept").toAbsolutePath());
        Task task = titled("quotes", "Parse quotes that are not closed");
        Path cache = git.directory().resolve(".git/espalier/cache/model-2.properties");

        Footprint fitted = footprint(git, task);
        byte[] kept = Files.readAllBytes(cache);
        Footprint again = footprint(git, task);
        assertThat(again.touches()).isEqualTo(fitted.touches());

        git.commit("One more", Map.of("new.txt", "new"));
        footprint(git, task);
        assertThat(cache).as("serves for some commits").hasBinaryContent(kept);

        Files.writeString(cache, "fitted-at=" + git.git("rev-parse", "main"));
        footprint(git, task);
        assertThat(cache)
                .as("of another library")
                .content()
                .contains("fitted-from")
                .contains("intercept");
    }

    private static Footprint footprint(GitFolder git, Task task) {
        ProjectKnowledge read = ProjectKnowledge.read(git.directory(), "main");
        return TaskSeparator.builder(read.tree())
                .history(read)
                .build()
                .separate(List.of(task))
                .footprint(task.id());
    }

    @Test
    void toleratesWritesButNotMovesOfAFileThatTheHostMerges() {
        TaskSeparator separator = builder().tolerate("docs/guide.md").build();

        assertThat(separator
                        .separate(List.of(task("a", "docs/guide.md"), task("b", "docs/guide.md")))
                        .valid())
                .isTrue();
        assertThat(separator
                        .separate(List.of(task("a", "docs/guide.md"), task("b", "delete: docs/guide.md")))
                        .valid())
                .isFalse();
    }

    @Test
    void letsUnknownTasksGoWhereTheHostSaysSo() {
        List<Task> tasks = List.of(task("known", "docs/guide.md"), titled("unknown", "Polish"));

        assertThat(builder().build().separate(tasks).valid()).isFalse();
        assertThat(builder().unknownIsIndependent(true).build().separate(tasks).valid())
                .isTrue();
    }

    @Test
    void findsDeclaredPartsOfAFileThatAreFarApartUnlikelyToCollide() {
        Separation near =
                builder().build().separate(List.of(task("a", "docs/guide.md:10-40"), task("b", "docs/guide.md:41-50")));
        Separation far =
                builder().build().separate(List.of(task("a", "docs/guide.md:10-40"), task("b", "docs/guide.md:60-70")));

        assertThat(far.probability("a", "b")).isLessThan(0.05).isLessThan(near.probability("a", "b"));
        assertThat(far.valid()).as("SAFE holds back all the same").isFalse();
    }

    @Test
    void warnsOfATypeThatOneChangesAndTheOtherUses() {
        Separation separation = builder()
                .build()
                .separate(List.of(task("fees", "src/main/LoanRegister.java"), task("print", "src/main/Printer.java")));

        assertThat(separation.valid()).isTrue();
        assertThat(separation.warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.reasons())
                        .containsExactly(
                                new ConflictReason.UsesChanged("src/main/LoanRegister.java", "src/main/Printer.java")));
    }

    @Test
    void separatesByWhatIsCertainWhereTheHistoryCannotBeRead() {
        TaskSeparator separator = TaskSeparator.builder(known.tree())
                .history(folder.resolve("gone"), "main")
                .build();

        assertThat(separator
                        .separate(List.of(task("a", "docs/guide.md"), task("b", "src/")))
                        .valid())
                .isTrue();
    }

    @Test
    void findsATaskInConflictThatHasGoneBeyondItsFootprint() {
        for (SeparationPolicy policy : List.of(SeparationPolicy.safe(), SeparationPolicy.risk(0.1))) {
            Separation before = builder()
                    .policy(policy)
                    .build()
                    .separate(List.of(task("a", "docs/guide.md"), task("b", "src/main/Parser.java")));

            Separation after = before.exceeding("a", List.of("src/main/Parser.java"));

            assertThat(before.valid()).isTrue();
            assertThat(after.areIndependent("a", "b")).isFalse();
            assertThat(after.footprint("a").paths()).containsExactly("docs/guide.md", "src/main/Parser.java");
        }
    }

    @Test
    void saysAllThatIsWrongAtOnce() {
        assertThatThrownBy(() -> TaskSeparator.builder(known.tree())
                        .policy(SeparationPolicy.risk(0.5))
                        .patience(Duration.ofSeconds(-1))
                        .tolerate("/etc/passwd")
                        .build())
                .isInstanceOf(SeparationException.class)
                .hasMessageContainingAll("negative", "history", "/etc/passwd");
        assertThatThrownBy(() -> SeparationPolicy.risk(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
