package io.github.espalier.separator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/** What holds of every prediction. */
class PredictionPropertiesTest {
    private static final double RISK = 0.1;
    private static @Nullable Path folder;
    private static @Nullable ProjectKnowledge known;

    @BeforeContainer
    static void readTheProject() throws IOException {
        folder = Files.createTempDirectory("library");
        known = ProjectKnowledge.read(GitFolder.library(folder).directory(), "main");
    }

    @AfterContainer
    static void deleteTheProject() throws IOException {
        try (Stream<Path> files = Files.walk(java.util.Objects.requireNonNull(folder))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static ProjectKnowledge known() {
        return java.util.Objects.requireNonNull(known);
    }

    @Provide
    Arbitrary<Task> tasks() {
        Arbitrary<String> text = Arbitraries.of(
                        "parse",
                        "quotes",
                        "fees",
                        "late",
                        "loans",
                        "Parser",
                        "LoanRegister",
                        "print",
                        "guide",
                        "Polish",
                        "docs/guide.md")
                .list()
                .ofMaxSize(4)
                .map(words -> String.join(" ", words));
        return Combinators.combine(text, path().list().ofMaxSize(2))
                .as((title, paths) -> Task.builder("t")
                        .title(title)
                        .declare(paths.toArray(String[]::new))
                        .build());
    }

    @Provide
    Arbitrary<String> path() {
        return Arbitraries.of(
                "src/main/Parser.java",
                "src/test/ParserTest.java",
                "docs/guide.md",
                "docs/",
                "new.txt",
                "delete: docs/guide.md");
    }

    private static Task renamed(Task task, String id, String... more) {
        Task.Builder builder = Task.builder(id).title(task.title());
        task.declared().forEach(builder::declare);
        return builder.declare(more).build();
    }

    @Property(tries = 150)
    void givesProbabilitiesAndKeepsWhatIsDeclaredCertain(@ForAll("tasks") Task task) {
        Footprint footprint = FootprintSource.combined(known()).footprint(task);

        assertThat(footprint.touches())
                .allSatisfy(touch -> assertThat(touch.probability()).isBetween(0.0, 1.0));
        for (Footprint.Touch declared :
                FootprintSource.declared(known().tree()).footprint(task).touches()) {
            assertThat(footprint.touches())
                    .anySatisfy(touch -> assertThat(touch.path().equals(declared.path()) && touch.probability() == 1)
                            .isTrue());
        }
    }

    @Property(tries = 100)
    void doesNotDependOnTheOrderOfTasks(
            @ForAll("tasks") Task one,
            @ForAll("tasks") Task two,
            @ForAll("tasks") Task three,
            @ForAll Shape shape,
            @ForAll Random random) {
        List<Task> tasks = List.of(renamed(one, "1"), renamed(two, "2"), renamed(three, "3"));
        List<Task> shuffled = new ArrayList<>(tasks);
        Collections.shuffle(shuffled, random);
        Separation first = shape.separate(tasks);
        Separation second = shape.separate(shuffled);

        for (Task a : tasks) {
            for (Task b : tasks) {
                assertThat(first.areIndependent(a.id(), b.id())).isEqualTo(second.areIndependent(a.id(), b.id()));
                assertThat(first.probability(a.id(), b.id()))
                        .isBetween(0.0, 1.0)
                        .isCloseTo(second.probability(b.id(), a.id()), org.assertj.core.data.Offset.offset(1e-9));
            }
        }
    }

    /** What else is said of a task tells more, and takes nothing back. */
    @Property(tries = 100)
    void neverLowersADeclaredPathForMoreEvidence(
            @ForAll("tasks") Task task, @ForAll("tasks") Task more, @ForAll("path") String path) {
        Task told = Task.builder("t")
                .title(task.title() + " " + more.title())
                .spec(more.title() + "\nSee src/main/Parser.java")
                .declare(path)
                .build();
        Task longer = Task.builder(told.id())
                .title(told.title())
                .spec(told.spec())
                .declare(path, "src/main/Printer.java")
                .build();

        for (Task each : List.of(told, longer)) {
            Footprint declared = FootprintSource.declared(known().tree()).footprint(told);
            Footprint combined = FootprintSource.combined(known()).footprint(each);
            assertThat(combined.touches()).containsAll(declared.touches());
        }
    }

    @Property(tries = 150)
    void neverFindsATaskMoreIndependentThatDeclaresMore(
            @ForAll("tasks") Task one, @ForAll("tasks") Task other, @ForAll("path") String more, @ForAll Shape shape) {
        // Where declarations are complete, the first one takes back what was likely.
        Assume.that(!shape.complete() || !one.declared().isEmpty());
        Separation before = shape.separate(List.of(renamed(one, "1"), renamed(other, "2")));
        Separation after = shape.separate(List.of(renamed(one, "1", more), renamed(other, "2")));

        if (before.footprint("1").isKnown() && before.footprint("2").isKnown()) {
            assertThat(after.probability("1", "2")).isGreaterThanOrEqualTo(before.probability("1", "2") - 1e-9);
            if (isCertainlyKnown(before, "1") && !before.areIndependent("1", "2")) {
                assertThat(after.areIndependent("1", "2")).isFalse();
            }
        }
    }

    /** By certain paths alone, a task of which none is known is alone; and is not any more once one is. */
    private static boolean isCertainlyKnown(Separation separation, String task) {
        return separation.footprint(task).touches().stream().anyMatch(touch -> touch.probability() == 1);
    }

    /** What is held by a path, and what is looked up pair by pair, must come to the same. */
    @Property(tries = 150)
    void plansSideBySideWhatIsIndependentAndNothingElse(
            @ForAll("tasks") Task one,
            @ForAll("tasks") Task two,
            @ForAll("tasks") Task three,
            @ForAll("tasks") Task four,
            @ForAll Shape shape) {
        List<Task> tasks = List.of(renamed(one, "1"), renamed(two, "2"), renamed(three, "3"), renamed(four, "4"));
        Separation separation = shape.separate(tasks);
        Plan plan = Schedule.of(separation).plan(tasks.size());

        for (Plan.Entry entry : plan.entries()) {
            List<Plan.Entry> beside = plan.entries().stream()
                    .filter(other -> other != entry)
                    .filter(other -> other.start().compareTo(entry.end()) < 0)
                    .filter(other -> other.end().compareTo(entry.start()) > 0)
                    .toList();
            assertThat(beside).allMatch(other -> separation.areIndependent(entry.task(), other.task()));
            assertThat(entry.start().isZero()
                            || plan.entries().stream()
                                    .filter(other -> other.end().equals(entry.start()))
                                    .anyMatch(other -> !separation.areIndependent(entry.task(), other.task())))
                    .isTrue();
        }
        for (Task task : tasks) {
            assertThat(separation.conflictsOf(task.id()).stream()
                            .flatMap(conflict -> Stream.of(conflict.first(), conflict.second()))
                            .filter(id -> !id.equals(task.id())))
                    .containsExactlyInAnyOrderElementsOf(tasks.stream()
                            .map(Task::id)
                            .filter(id -> !separation.areIndependent(task.id(), id) && !id.equals(task.id()))
                            .toList());
        }
    }

    /** The ways of separating. */
    enum Shape {
        SAFE(SeparationPolicy.safe(), false, false),
        SAFE_AND_COMPLETE(SeparationPolicy.safe(), true, false),
        SAFE_AND_TOLERANT(SeparationPolicy.safe(), true, true),
        BY_RISK(SeparationPolicy.risk(RISK), false, false),
        BY_RISK_AND_COMPLETE(SeparationPolicy.risk(RISK), true, false),
        BY_RISK_AND_TOLERANT(SeparationPolicy.risk(RISK), true, true);

        private final SeparationPolicy policy;
        private final boolean complete;
        private final boolean tolerant;

        Shape(SeparationPolicy policy, boolean complete, boolean tolerant) {
            this.policy = policy;
            this.complete = complete;
            this.tolerant = tolerant;
        }

        boolean complete() {
            return complete;
        }

        Separation separate(List<Task> tasks) {
            return TaskSeparator.builder(known().tree())
                    .history(known())
                    .policy(policy)
                    .completeDeclarations(complete)
                    .tolerate(tolerant ? new String[] {"docs/guide.md", "new.txt"} : new String[0])
                    .build()
                    .separate(tasks);
        }
    }
}
