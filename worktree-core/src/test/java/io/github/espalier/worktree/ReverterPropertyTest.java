package io.github.espalier.worktree;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever landed, and however, taking it out again gives what was there before. */
class ReverterPropertyTest {
    private static final Identity ROBOT = new Identity("Robot", "robot@example.org");

    private static Path folder = Path.of("");
    private static TestRepository repository = TestRepository.at(folder);
    private static String base = "";
    private static String before = "";

    @BeforeContainer
    static void makeRepository() throws IOException {
        folder = Files.createTempDirectory("reverter-property");
        repository = TestRepository.init(folder);
        base = repository.write("a", "1\n2\n3\n").write("d/a", "d").commit("base");
        before = repository.write("main", "m").commit("on main");
    }

    record Edit(String path, String content, boolean delete, boolean commit) {}

    @Provide
    Arbitrary<List<Edit>> edits() {
        return Combinators.combine(
                        Arbitraries.of("a", "b", "d/a", "d/e/b", "-x", "sp ace", "ü"),
                        Arbitraries.of("", "x", "1\n2\n3\n", "1\ntwo\n3\n", "\0"),
                        Arbitraries.of(true, false, false),
                        Arbitraries.of(true, false, false, false))
                .as(Edit::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(5);
    }

    @Provide
    Arbitrary<LandingStrategy> strategies() {
        return Arbitraries.of(LandingStrategy.MERGE, LandingStrategy.SQUASH, LandingStrategy.REBASE);
    }

    @Property(tries = 8)
    void takingALandingOutGivesTheTreeBeforeIt(
            @ForAll("edits") List<Edit> edits, @ForAll("strategies") LandingStrategy strategy) throws IOException {
        repository.git("checkout", "-q", "-B", "work", base);
        for (Edit edit : edits) {
            apply(edit);
        }
        repository.commit("last");
        GitRepository opened = repository.open();

        IntegrationOutcome landing =
                Integrator.of(opened).integrate(new IntegrationRequest(before, "work", strategy, "Land", ROBOT));

        if (landing instanceof IntegrationOutcome.Integrated landed) {
            IntegrationOutcome undone = Reverter.of(opened)
                    .revert(new RevertRequest(landed.commit(), before, landed.commit(), "Undo", ROBOT));
            String tree =
                    undone instanceof IntegrationOutcome.Integrated integrated ? integrated.tree() : landed.tree();
            assertThat(tree).isEqualTo(repository.resolve(before + "^{tree}"));
        }
    }

    private static void apply(Edit edit) throws IOException {
        if (edit.delete()) {
            Files.deleteIfExists(repository.directory().resolve(edit.path()));
        } else {
            repository.write(edit.path(), edit.content());
        }
        if (edit.commit()) {
            repository.commit("edit");
        }
    }

    @AfterContainer
    static void deleteRepository() throws IOException {
        try (var paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
