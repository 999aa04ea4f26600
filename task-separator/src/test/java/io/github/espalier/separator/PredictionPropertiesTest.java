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

    private static Separation separate(boolean complete, List<Task> tasks) {
        return TaskSeparator.builder(known().tree())
                .history(known())
                .policy(SeparationPolicy.risk(RISK))
                .completeDeclarations(complete)
                .build()
                .separate(tasks);
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
            @ForAll("tasks") Task one, @ForAll("tasks") Task two, @ForAll("tasks") Task three, @ForAll Random random) {
        List<Task> tasks = List.of(renamed(one, "1"), renamed(two, "2"), renamed(three, "3"));
        List<Task> shuffled = new ArrayList<>(tasks);
        Collections.shuffle(shuffled, random);
        Separation first = separate(true, tasks);
        Separation second = separate(true, shuffled);

        for (Task a : tasks) {
            for (Task b : tasks) {
                assertThat(first.areIndependent(a.id(), b.id())).isEqualTo(second.areIndependent(a.id(), b.id()));
                assertThat(first.probability(a.id(), b.id()))
                        .isBetween(0.0, 1.0)
                        .isCloseTo(second.probability(b.id(), a.id()), org.assertj.core.data.Offset.offset(1e-9));
            }
        }
    }

    @Property(tries = 150)
    void neverFindsATaskMoreIndependentThatDeclaresMore(
            @ForAll("tasks") Task one, @ForAll("tasks") Task other, @ForAll("path") String more) {
        Separation before = separate(false, List.of(renamed(one, "1"), renamed(other, "2")));
        Separation after = separate(false, List.of(renamed(one, "1", more), renamed(other, "2")));

        if (before.footprint("1").isKnown() && before.footprint("2").isKnown()) {
            assertThat(after.probability("1", "2")).isGreaterThanOrEqualTo(before.probability("1", "2") - 1e-9);
            if (!before.areIndependent("1", "2")) {
                assertThat(after.areIndependent("1", "2")).isFalse();
            }
        }
    }
}
