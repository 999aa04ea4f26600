package io.github.espalier.separator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What every separator must do. */
interface TaskSeparatorContract {
    TaskSeparator separator(ProjectTree tree);

    private Separation separate(Task... tasks) {
        return separator(ProjectTree.of(List.of("src/A.java", "src/B.java", "docs/guide.md")))
                .separate(List.of(tasks));
    }

    static Task task(String id, String... files) {
        return Task.builder(id).declare(files).build();
    }

    @Test
    default void findsTasksThatShareNoPathIndependent() {
        Separation separation = separate(task("a", "src/A.java"), task("b", "src/B.java"));

        assertThat(separation.valid()).isTrue();
        assertThat(separation.areIndependent("a", "b")).isTrue();
        assertThat(separation.independentPairs()).containsExactly(new Separation.Pair("a", "b"));
        assertThat(separation.conflicts()).isEmpty();
    }

    @Test
    default void findsTasksThatShareAPathInConflictAndSaysWhich() {
        Separation separation = separate(task("a", "src/A.java"), task("b", "src/A.java", "src/B.java"));

        assertThat(separation.valid()).isFalse();
        assertThat(separation.areIndependent("a", "b")).isFalse();
        assertThat(separation.conflict("b", "a").orElseThrow().reasons())
                .anySatisfy(reason -> assertThat(reason.describe()).contains("src/A.java"));
        assertThat(separation.conflicts()).isEqualTo(separation.conflictsOf("a"));
    }

    @Test
    default void findsATaskThatTouchesNobodyKnowsWhatIndependentOfNothing() {
        Separation separation = separate(task("known", "src/A.java"), task("unknown"));

        assertThat(separation.footprint("unknown").isKnown()).isFalse();
        assertThat(separation.areIndependent("known", "unknown")).isFalse();
        assertThat(separation.conflicts().get(0).reasons()).contains(new ConflictReason.UnknownFootprint("unknown"));
    }

    @Test
    default void keepsTheTasksInTheirOrder() {
        Separation separation = separate(task("z", "src/A.java"), task("a", "src/B.java"));

        assertThat(separation.tasks()).extracting(Task::id).containsExactly("z", "a");
        assertThat(separation.taskFileMap().keySet()).containsExactly("z", "a");
    }

    @Test
    default void isNeverIndependentOfItself() {
        assertThat(separate(task("a", "src/A.java")).areIndependent("a", "a")).isFalse();
    }

    @Test
    default void refusesTwoTasksOfOneId() {
        assertThatThrownBy(() -> separate(task("a", "src/A.java"), task("a", "src/B.java")))
                .isInstanceOfSatisfying(
                        DuplicateTaskException.class, e -> assertThat(e.task()).isEqualTo("a"));
    }

    @Test
    default void refusesADependencyThatIsNotThere() {
        Task task = Task.builder("a").dependsOn("ghost").build();

        assertThatThrownBy(() -> separate(task)).isInstanceOfSatisfying(UnknownDependencyException.class, e -> {
            assertThat(e.task()).isEqualTo("a");
            assertThat(e.dependency()).isEqualTo("ghost");
        });
    }

    @Test
    default void refusesACircleAndNamesIt() {
        Task a = Task.builder("a").dependsOn("b").build();
        Task b = Task.builder("b").dependsOn("c").build();
        Task c = Task.builder("c").dependsOn("b").build();

        assertThatThrownBy(() -> separate(a, b, c))
                .isInstanceOfSatisfying(
                        DependencyCycleException.class,
                        e -> assertThat(e.cycle()).containsExactlyInAnyOrder("b", "c"))
                .hasMessageContaining("b -> c -> b");
    }

    @Test
    default void refusesToSpeakOfATaskThatIsNotThere() {
        assertThatThrownBy(() -> separate(task("a", "src/A.java")).footprint("ghost"))
                .isInstanceOf(SeparationException.class)
                .hasMessageContaining("ghost");
    }

    @Test
    default void hasAnEmptySeparationForNoTasks() {
        Separation separation = separate();

        assertThat(separation.valid()).isTrue();
        assertThat(separation.tasks()).isEmpty();
        assertThat(separation.independentPairs()).isEmpty();
    }
}
