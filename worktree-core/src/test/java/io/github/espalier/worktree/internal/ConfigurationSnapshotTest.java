package io.github.espalier.worktree.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.espalier.worktree.GitCommandException;
import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.TestRepository;
import io.github.espalier.worktree.TrustedConfiguration;
import io.github.espalier.worktree.Worktree;
import io.github.espalier.worktree.WorktreeException;
import io.github.espalier.worktree.WorktreeManager;
import io.github.espalier.worktree.WorktreeRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationSnapshotTest {
    /** Every way in which git writes a value, and every kind of name. */
    private static final String ODD = """
            [core]
            	quotePath = true
            	logAllRefUpdates
            [include]
            	path = more
            [remote "a.b \\"c\\" \\\\d"]
            	url = "  spaces # no comment ; neither  "
            	fetch = one\\ttab\\nline \\"quoted\\" back\\\\slash
            	fetch = twice
            [branch "\u00e4\u00f6 = [x]"]
            	merge =
            	description = "caf\u00e9"
            [filter "e=vil"]
            	clean = cat
            """;

    @TempDir
    Path folder;

    private TestRepository main;
    private GitRepository repository;
    private Path common;

    @BeforeEach
    void create() {
        main = TestRepository.create(folder.resolve("main"));
        repository = main.open();
        common = repository.commonDirectory();
    }

    private Git trusting(TrustedConfiguration trusted) {
        return Git.in(common, main.directory()).trusting(trusted);
    }

    private static Stream<String> settings(GitCommand listing) {
        return Configuration.of(listing.run()).all().map(setting -> setting.key() + "=" + setting.value());
    }

    @Test
    void givesGitTheConfigurationAsItWas() throws IOException {
        Files.writeString(common.resolve("more"), "[x]\n\ty = included\n");
        Files.write(common.resolve("config"), ODD.getBytes(StandardCharsets.ISO_8859_1));
        List<String> before =
                settings(Configuration.listing(Git.of(repository))).toList();
        TrustedConfiguration trusted = TrustedConfiguration.of(repository);

        main.git("config", "x.y", "planted");
        main.git("config", "--add", "filter.new.clean", "false");
        Files.writeString(common.resolve("more"), "[x]\n\ty = planted\n");

        assertThat(before).contains("x.y=Optional[included]").hasSizeGreaterThan(8);
        assertThat(settings(Configuration.listing(trusting(trusted)))
                        .map(setting -> setting.replace(
                                "GIT_COMMON_DIR=$ESPALIER_COMMON_DIRECTORY; export GIT_COMMON_DIR; ", "")))
                .containsExactlyElementsOf(before);
    }

    /** As git-lfs does. What lies in the common directory of one command would be gone with it. */
    @Test
    void tellsTheFilterTheRealCommonDirectory() throws IOException {
        Path store = common.resolve("store");
        main.write(".gitattributes", "*.big filter=store\n");
        main.git(
                "config",
                "filter.store.clean",
                "d=$(git rev-parse --path-format=absolute --git-common-dir);"
                        + " mkdir -p \"$d/store\"; tee \"$d/store/\"%f | wc -c");
        main.write("a.big", "large content\n");

        trusting(TrustedConfiguration.of(repository)).command("add", "a.big").run();

        assertThat(store.resolve("a.big")).hasContent("large content\n");
        assertThat(main.git("show", ":a.big").strip()).isEqualTo("14");
    }

    @Test
    void writesRefsLogsAndObjectsToTheRepository() {
        String first = main.head();
        main.write("b", "b").commit("second");
        Git git = trusting(TrustedConfiguration.of(repository));
        git.command("pack-refs", "--all").run();

        git.command("reset", "--hard", "--quiet", first).run();
        git.command("update-ref", "refs/heads/new/one", first).run();
        main.write("c", "c");
        git.command("add", "c").run();

        assertThat(main.head()).isEqualTo(first);
        assertThat(main.resolve("new/one")).isEqualTo(first);
        assertThat(main.git("reflog", "-1", "--format=%gs")).contains("reset: moving to");
        assertThat(main.git("show", ":c")).isEqualTo("c");
        assertThat(main.git("fsck", "--full")).doesNotContain("missing");
    }

    @Test
    void leavesNothingBehindNorWritesWhatOthersMayNotRead() throws IOException {
        main.git("config", "http.extraHeader", "secret");
        GitCommand command = trusting(TrustedConfiguration.of(repository))
                .command("-c", "alias.look=!stat -c %A \"$GIT_COMMON_DIR\"", "look");

        List<String> listed = command.run().lines();

        assertThat(listed).containsExactly("drwx------");
        assertThat(rooms()).isEmpty();
    }

    @Test
    void keepsACopyForManyCommandsUntilItIsClosedOrSomebodyWritesThere() throws IOException {
        TrustedConfiguration trusted = TrustedConfiguration.of(repository).kept();
        String first = place(trusted);
        assertThat(place(trusted)).isEqualTo(first);
        Files.writeString(Path.of(first, "config"), "[alias]\n\tplanted = version\n");

        assertThat(place(trusted)).isNotEqualTo(first);

        trusted.close();
        assertThat(rooms()).isEmpty();
        assertThat(place(trusted)).isNotEqualTo(place(trusted));
        assertThat(rooms()).isEmpty();
    }

    private String place(TrustedConfiguration trusted) {
        return trusting(trusted)
                .command("-c", "alias.place=!echo \"$GIT_COMMON_DIR\"", "place")
                .run()
                .line();
    }

    private List<String> rooms() throws IOException {
        try (Stream<Path> state = Files.list(repository.stateDirectory())) {
            return state.map(path -> String.valueOf(path.getFileName()))
                    .filter(name -> name.startsWith("configuration-"))
                    .toList();
        }
    }

    @Test
    void checksOutAWorktreeAsSparseAsTheMainOneIs() {
        main.write("in/a", "a").write("out/b", "b").commit("folders");
        main.git("sparse-checkout", "set", "in");
        try (WorktreeManager worktrees = WorktreeManager.of(repository)) {
            Worktree worktree = worktrees.add(new WorktreeRequest(folder.resolve("wt"), "feature/x", main.head()));

            assertThat(worktree.directory().resolve("in/a")).hasContent("a");
            assertThat(worktree.directory().resolve("out")).doesNotExist();
            assertThat(TestRepository.at(worktree.directory()).git("status", "--porcelain"))
                    .isEmpty();
        }
    }

    @Test
    void refusesWhereNobodyKnowsWhatIsTrusted() {
        String digest = TrustedConfiguration.of(repository).digest();
        main.git("config", "filter.new.clean", "false");

        TrustedConfiguration unknown = TrustedConfiguration.of(repository, digest);

        assertThat(unknown.isKnown()).isFalse();
        assertThatThrownBy(() -> trusting(unknown).command("status").run())
                .isInstanceOf(WorktreeException.class)
                .hasMessageContaining("filters were configured");
        main.git("config", "--unset", "filter.new.clean");
        assertThat(TrustedConfiguration.of(repository, digest).isKnown()).isTrue();
    }

    @Test
    void doesWhatMustNotBeGivenUpThoughItIsInterrupted() {
        Git git = trusting(TrustedConfiguration.of(repository));
        Thread.currentThread().interrupt();
        GitResult result = git.command("rev-parse", "HEAD").uninterrupted().run();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(result.line()).isEqualTo(main.head());
    }

    @Test
    void failsAsGitDoesWhereThereIsNoRoom() throws IOException {
        TrustedConfiguration trusted = TrustedConfiguration.of(repository);
        Files.deleteIfExists(repository.stateDirectory());
        Files.createFile(repository.stateDirectory());

        assertThatThrownBy(() -> trusting(trusted).command("status").run())
                .isInstanceOfSatisfying(
                        GitCommandException.class,
                        e -> assertThat(e.exitCode()).isEqualTo(GitCommandException.NO_EXIT_CODE));
    }
}
