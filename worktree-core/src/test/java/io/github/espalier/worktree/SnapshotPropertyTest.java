package io.github.espalier.worktree;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever an agent does between two snapshots, each is what git would add, and takes nothing from the agent. */
class SnapshotPropertyTest {
    enum How {
        WRITE,
        DELETE,
        LINK,
        MAKE_EXECUTABLE
    }

    enum Then {
        NOTHING,
        STAGE,
        FORCE,
        UNTRACK,
        COMMIT
    }

    record Edit(String path, String content, How how, Then then) {}

    private static final List<String> PATHS =
            List.of("a", "b.env", "d", "d/a", "d/e/f", "-x", "sp ace", "new\nline", "ü", ":(top)", ".gitignore");

    private static Path folder = Path.of("");
    private static TestRepository main = TestRepository.at(folder);
    private static int count;

    @BeforeContainer
    static void makeRepository() throws IOException {
        folder = Files.createTempDirectory("snapshot-property");
        main = TestRepository.init(folder.resolve("main"));
        main.write(".gitignore", "*.env\n").write("a", "1").write("d/a", "2").commit("first");
    }

    @AfterContainer
    static void deleteRepository() throws IOException {
        delete(folder);
    }

    @Provide
    Arbitrary<List<Edit>> edits() {
        return Combinators.combine(
                        Arbitraries.of(PATHS),
                        Arbitraries.of("", "x", "y", "x\r\n", "*.env\nü\n", "\0"),
                        Arbitraries.frequencyOf(
                                Tuple.of(6, Arbitraries.just(How.WRITE)),
                                Tuple.of(3, Arbitraries.just(How.DELETE)),
                                Tuple.of(1, Arbitraries.of(How.LINK, How.MAKE_EXECUTABLE))),
                        Arbitraries.frequencyOf(
                                Tuple.of(6, Arbitraries.just(Then.NOTHING)),
                                Tuple.of(2, Arbitraries.of(Then.values()))))
                .as(Edit::new)
                .list()
                .ofMaxSize(5);
    }

    @Property(tries = 10)
    void snapshotsAreWhatGitWouldAdd(@ForAll("edits") List<Edit> first, @ForAll("edits") List<Edit> second)
            throws IOException {
        GitRepository repository = main.open();
        String name = "wt" + ++count;
        try (WorktreeManager manager = WorktreeManager.of(repository);
                WorktreeSnapshots snapshots = WorktreeSnapshots.of(repository, TrustedConfiguration.of(repository))) {
            Worktree worktree = manager.add(new WorktreeRequest(folder.resolve(name), name, main.head()));
            for (List<Edit> edits : List.of(first, second)) {
                for (Edit edit : edits) {
                    apply(TestRepository.at(worktree.directory()), edit);
                }
                check(worktree, snapshots);
            }
        }
    }

    private static void check(Worktree worktree, WorktreeSnapshots snapshots) {
        CheckoutFingerprint before = CheckoutFingerprint.of(worktree.directory(), "none");
        String expected = added(worktree);

        Snapshot snapshot = snapshots.take(worktree);

        assertThat(CheckoutFingerprint.of(worktree.directory(), "none")).isEqualTo(before);
        assertThat(main.git("ls-tree", "-r", snapshot.tree())).isEqualTo(main.git("ls-tree", "-r", expected));
        assertThat(snapshot.tree()).isEqualTo(expected);
        assertThat(snapshot.head()).isEqualTo(before.head());
    }

    /** The tree that git adds to a copy of the index, which keeps the time that tells git what to read again. */
    private static String added(Worktree worktree) {
        Path copy = folder.resolve("index");
        String add = "!cp -p '" + worktree.gitDirectory().resolve("index") + "' '" + copy
                + "' && export GIT_INDEX_FILE='" + copy + "' && git add -A && git write-tree";
        String output = TestRepository.at(worktree.directory()).git("-c", "alias.added=" + add, "added");
        return output.substring(output.lastIndexOf('\n') + 1); // there may be warnings before it
    }

    private static void apply(TestRepository work, Edit edit) throws IOException {
        Path file = work.directory().resolve(edit.path());
        Path above = work.directory();
        for (Path part : Path.of(edit.path())) {
            if (!Files.isDirectory(above, LinkOption.NOFOLLOW_LINKS)) {
                Files.deleteIfExists(above);
            }
            Files.createDirectories(above);
            above = above.resolve(part);
        }
        if (edit.how() == How.MAKE_EXECUTABLE && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            assertThat(file.toFile().setExecutable(true)).isTrue();
        } else {
            delete(file);
            if (edit.how() == How.LINK) {
                Files.createSymbolicLink(file, Path.of("nowhere"));
            } else if (edit.how() != How.DELETE) {
                Files.writeString(file, edit.content());
            }
        }
        switch (edit.then()) {
            case NOTHING -> {}
            case STAGE -> work.git("add", "-A");
            case FORCE -> work.git("add", "-A", "-f");
            case UNTRACK -> work.git("rm", "-r", "-q", "-f", "--cached", "--ignore-unmatch", "a", "d", "*.env");
            case COMMIT -> work.commit("agent's");
        }
    }

    private static void delete(Path file) throws IOException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (var paths = Files.walk(file)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
