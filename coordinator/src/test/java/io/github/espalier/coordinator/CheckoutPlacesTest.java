package io.github.espalier.coordinator;

import static io.github.espalier.coordinator.TestHost.TARGET;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.espalier.worktree.CheckoutFingerprint;
import io.github.espalier.worktree.LandingStrategy;
import io.github.espalier.worktree.TestRepository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a user has checked out and however work lands, agents that are looked at, a resolver, verifications and an undo
 * leave it as it was, but for what a fast-forward takes along.
 */
@Timeout(120)
class CheckoutPlacesTest {
    /** Both change the same line, and end only when they have been seen to. */
    private static final String BOTH =
            "echo \"class App { $ESPALIER_TASK }\" > src/App.java;" + " until test -e ../ahead; do sleep 0.02; done";

    /** What may be in a bare repository; an index is not among it. */
    private static final Set<String> OF_GIT = Set.of(
            "HEAD",
            "branches",
            "config",
            "description",
            "espalier",
            "hooks",
            "info",
            "logs",
            "objects",
            "packed-refs",
            "refs",
            "worktrees");

    @TempDir
    Path folder;

    private final Set<String> verified = ConcurrentHashMap.newKeySet();

    /** What the user has checked out. */
    enum Place {
        CLEAN_TARGET,
        DIRTY_ELSEWHERE,
        DIRTY_IN_A_CHANGED_FILE,
        LINKED_WORKTREE,
        BARE
    }

    /** Each place and each strategy once. */
    @ParameterizedTest
    @CsvSource({
        "CLEAN_TARGET,REBASE",
        "DIRTY_ELSEWHERE,SQUASH",
        "DIRTY_IN_A_CHANGED_FILE,MERGE",
        "LINKED_WORKTREE,FAST_FORWARD",
        "BARE,MERGE"
    })
    void leavesTheUsersCheckoutToTheUser(Place place, LandingStrategy strategy) {
        TestHost host = TestHost.in(folder);
        host.branch("first", "first.txt", "first\n");
        host.builder("true").build().land(List.of("first"));
        Path repository = prepare(host, place);
        Optional<Path> carried = carried(host, place);
        TestRepository git = TestRepository.at(repository);
        List<Object> before = state(host, place, carried);

        RunReport report = builder(host, repository)
                .strategy(strategy)
                .build()
                .run(List.of(TestHost.task("a", "a"), TestHost.task("b", "b")));

        assertThat(host.events(RunEvent.ConflictAhead.class)).isNotEmpty();
        boolean held = place == Place.DIRTY_IN_A_CHANGED_FILE;
        List<TaskReport> in = report.tasks().stream()
                .filter(task -> held
                        ? task.outcome() instanceof TaskOutcome.Held
                        : task.outcome() instanceof TaskOutcome.Landed)
                .toList();
        boolean both = strategy != LandingStrategy.FAST_FORWARD; // which a resolution of the second one is not
        assertThat(in).as(report.toString()).hasSize(both ? 2 : 1);
        assertThat(state(host, place, carried)).isEqualTo(before);
        String tip = held ? heldLast(git) : TARGET;
        assertThat(git.git("show", tip + ":src/App.java"))
                .isEqualTo("class App { " + (both ? "a b" : in.get(0).id()) + " }");
        assertThat(verified).contains(git.resolve(tip + "^{tree}"));

        undo(host, repository, held);

        assertThat(state(host, place, carried)).isEqualTo(before);
        assertThat(git.git("for-each-ref", "refs/heads/espalier/")).isEmpty();
        if (both && !held) { // a task that has not landed keeps its worktree
            assertThat(git.git("worktree", "list").lines()).hasSize(place == Place.LINKED_WORKTREE ? 2 : 1);
        }
    }

    static Stream<Arguments> everywhere() {
        return Stream.of(Place.values())
                .flatMap(place -> Stream.of(LandingStrategy.values()).map(strategy -> Arguments.of(place, strategy)));
    }

    @Tag("fidelity")
    @ParameterizedTest
    @MethodSource("everywhere")
    void leavesItToTheUserWhateverTheStrategy(Place place, LandingStrategy strategy) {
        leavesTheUsersCheckoutToTheUser(place, strategy);
    }

    private Path prepare(TestHost host, Place place) {
        TestRepository repository = host.repository();
        repository.write("mine.txt", "mine\n");
        if (place == Place.LINKED_WORKTREE) {
            repository.git("worktree", "add", "-q", linked().toString(), TARGET);
        } else if (place == Place.BARE) {
            Path bare = folder.resolve("project.git");
            repository.git("clone", "-q", "--bare", repository.directory().toString(), bare.toString());
            TestRepository.at(bare).git("config", "user.name", "User");
            TestRepository.at(bare).git("config", "user.email", "user@example.org");
            TestRepository.at(bare).git("symbolic-ref", "HEAD", "refs/heads/" + TARGET);
            return bare;
        } else {
            repository.git("switch", "-q", TARGET);
            if (place == Place.DIRTY_ELSEWHERE) {
                repository.write("src/Lib.java", "class Lib { int mine; }\n").git("add", "src/Lib.java");
            } else if (place == Place.DIRTY_IN_A_CHANGED_FILE) {
                repository.write("src/App.java", "class App { int mine; }\n");
            }
        }
        return repository.directory();
    }

    private Path linked() {
        return folder.resolve("linked");
    }

    /** The checkout that follows the target. */
    private Optional<Path> carried(TestHost host, Place place) {
        return switch (place) {
            case CLEAN_TARGET, DIRTY_ELSEWHERE -> Optional.of(host.repository().directory());
            case LINKED_WORKTREE -> Optional.of(linked());
            case DIRTY_IN_A_CHANGED_FILE, BARE -> Optional.empty();
        };
    }

    /** All of a checkout that does not follow; of one that does, what differs from the target; of none, that there is none. */
    private List<Object> state(TestHost host, Place place, Optional<Path> carried) {
        if (place == Place.BARE) {
            return List.of(bare(folder.resolve("project.git")));
        }
        Path directory = host.repository().directory();
        Object own = carried.equals(Optional.of(directory)) ? "" : CheckoutFingerprint.of(directory);
        return List.of(own, carried.map(CheckoutPlacesTest::edits).orElse(""));
    }

    /** Its settings, and all that lies at its top besides what is git's or ours. */
    private static Map<String, Object> bare(Path repository) {
        try (Stream<Path> files = Files.list(repository)) {
            List<String> others = files.map(file -> file.getFileName().toString())
                    .filter(name -> !OF_GIT.contains(name))
                    .toList();
            return Map.of(
                    "HEAD", Files.readString(repository.resolve("HEAD")),
                    "config", Files.readString(repository.resolve("config")),
                    "others", others);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String edits(Path checkout) {
        TestRepository git = TestRepository.at(checkout);
        return String.join(
                "\n",
                git.git("rev-parse", "--symbolic-full-name", "HEAD"),
                git.git("diff", "HEAD"),
                git.git("status", "--porcelain"),
                git.git("stash", "list"));
    }

    private CoordinatorBuilder builder(TestHost host, Path repository) {
        return host.builder(BOTH)
                .repository(repository)
                .verify(request -> {
                    verified.add(request.tree());
                    return new Verification.Verdict(
                            Files.exists(request.directory().resolve("src/App.java")), "");
                })
                .watchConflicts(Duration.ofMillis(50), AheadPolicy.TELL)
                .listener(event -> {
                    if (event instanceof RunEvent.ConflictAhead) {
                        makeFolder(folder.resolve("ahead"));
                    }
                })
                .onConflict(ConflictPolicy.resolve(request -> {
                    Files.writeString(request.directory().resolve("src/App.java"), "class App { a b }\n");
                    return true;
                }));
    }

    private static void makeFolder(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String heldLast(TestRepository git) {
        List<String> held = git.git("for-each-ref", "--format=%(objectname)", "refs/espalier/held/")
                .lines()
                .toList();
        if (held.size() == 1) {
            return held.get(0);
        }
        String first = held.get(0);
        boolean firstIsLast = git.git("merge-base", held.get(0), held.get(1)).equals(held.get(1));
        return firstIsLast ? first : held.get(1);
    }

    /** Where the checkout cannot follow, the target stays. */
    private static void undo(TestHost host, Path repository, boolean held) {
        TestRepository git = TestRepository.at(repository);
        Landing last = RunHistory.of(git.open()).landings().get(0);
        if (held) {
            String revision = host.repository().resolve(TARGET);
            git.write("first.txt", "my own\n");
            UndoOutcome outcome = host.builder("true").build().undo(last.id(), Undo.REVERT);
            assertThat(outcome).isInstanceOf(UndoOutcome.CannotFollow.class);
            assertThat(git.read("first.txt")).isEqualTo("my own\n");
            assertThat(git.resolve(TARGET)).isEqualTo(revision);
            git.git("checkout", "-q", "--", "first.txt");
        } else {
            String landed = git.git("show", TARGET + ":src/App.java");
            UndoOutcome outcome =
                    host.builder("true").repository(repository).build().undo(last.id(), Undo.REVERT);
            assertThat(outcome).isInstanceOf(UndoOutcome.Undone.class);
            assertThat(git.git("show", TARGET + ":src/App.java")).isNotEqualTo(landed);
        }
    }
}
