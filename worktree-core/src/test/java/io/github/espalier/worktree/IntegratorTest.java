package io.github.espalier.worktree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntegratorTest {
    private static final Identity ROBOT = new Identity("Robot", "robot@example.org");

    @TempDir
    Path folder;

    private TestRepository repository;

    @BeforeEach
    void makeRepository() {
        repository = TestRepository.create(folder.resolve("project"));
        repository.git("checkout", "-q", "-b", "feature");
        repository.write("one.txt", "1\n").git("add", "-A");
        repository.git(
                "commit",
                "-q",
                "-m",
                "first\n\nbody",
                "--author",
                "Ann <ann@example.org>",
                "--date",
                "2020-01-02T03:04:05+06:00");
        repository.write("two.txt", "2\n").commit("second");
        repository.git("checkout", "-q", "main");
        repository.write("main.txt", "m\n").commit("on main");
    }

    private IntegrationOutcome integrate(LandingStrategy strategy, String onto, String message) {
        return Integrator.of(repository.open())
                .integrate(new IntegrationRequest(
                        repository.resolve(onto), repository.resolve("feature"), strategy, message, ROBOT));
    }

    private String integrated(LandingStrategy strategy) {
        return ((IntegrationOutcome.Integrated) integrate(strategy, "main", "Land it\n")).commit();
    }

    private String format(String commit, String format) {
        return repository.git("show", "-s", "--format=" + format, commit);
    }

    @Test
    void mergesWithBothParents() {
        String commit = integrated(LandingStrategy.MERGE);

        assertThat(format(commit, "%P")).isEqualTo(repository.resolve("main") + " " + repository.resolve("feature"));
        assertThat(format(commit, "%s|%an|%cn <%ce>")).isEqualTo("Land it|Robot|Robot <robot@example.org>");
        assertThat(repository.git("ls-tree", "--name-only", commit).lines())
                .containsExactlyInAnyOrder("README.md", "main.txt", "one.txt", "two.txt");
    }

    @Test
    void mergesEvenWhereAFastForwardWouldDo() {
        IntegrationOutcome outcome = integrate(LandingStrategy.MERGE, "main~1", "Land it\n");

        assertThat(format(((IntegrationOutcome.Integrated) outcome).commit(), "%P")
                        .split(" ", -1))
                .hasSize(2);
    }

    @Test
    void squashesToOneParent() {
        String commit = integrated(LandingStrategy.SQUASH);

        assertThat(format(commit, "%P")).isEqualTo(repository.resolve("main"));
        assertThat(repository.git("ls-tree", "--name-only", commit)).contains("one.txt", "two.txt", "main.txt");
    }

    @Test
    void rebasesEachCommitWithItsAuthorDateAndMessage() {
        String commit = integrated(LandingStrategy.REBASE);

        assertThat(repository.git("log", "--format=%s", "main.." + commit)).isEqualTo("second\nfirst");
        assertThat(format(commit + "~1", "%an <%ae> %ad|%B|%cn"))
                .startsWith("Ann <ann@example.org> Thu Jan 2 03:04:05 2020 +0600|first\n\nbody")
                .endsWith("|Robot");
        assertThat(format(commit + "~2", "%H")).isEqualTo(repository.resolve("main"));
    }

    @Test
    void dropsACommitThatTheTargetHasAlready() {
        repository.git("cherry-pick", "feature~1");

        String commit = integrated(LandingStrategy.REBASE);

        assertThat(repository.git("log", "--format=%s", "main.." + commit)).isEqualTo("second");
    }

    @Test
    void namesTheCommitThatDoesNotGoIn() {
        repository.write("two.txt", "other\n").commit("conflicting");

        IntegrationOutcome outcome = integrate(LandingStrategy.REBASE, "main", "");

        assertThat(outcome).isInstanceOfSatisfying(IntegrationOutcome.Conflicted.class, conflicted -> {
            assertThat(conflicted.atCommit()).contains(repository.resolve("feature"));
            assertThat(conflicted.conflicts()).extracting(Conflict::path).containsExactly("two.txt");
        });
    }

    @Test
    void fastForwardsOnlyWhereThatCanBe() {
        assertThat(integrate(LandingStrategy.FAST_FORWARD, "main", ""))
                .isInstanceOf(IntegrationOutcome.NotFastForward.class);
        assertThat(integrate(LandingStrategy.FAST_FORWARD, "main~1", ""))
                .isEqualTo(new IntegrationOutcome.Integrated(
                        repository.resolve("feature"), repository.resolve("feature^{tree}")));
    }

    @ParameterizedTest
    @EnumSource(LandingStrategy.class)
    void seesWhereThereIsNothingToIntegrate(LandingStrategy strategy) {
        repository.git("merge", "-q", "--no-edit", "feature");

        assertThat(integrate(strategy, "main", "x")).isInstanceOf(IntegrationOutcome.NothingToIntegrate.class);
    }

    @ParameterizedTest
    @EnumSource(LandingStrategy.class)
    void movesNothingAndRunsNothing(LandingStrategy strategy) throws IOException {
        Path marker = folder.resolve("ran");
        Path hooks = Files.createDirectories(folder.resolve("hooks"));
        for (String hook : new String[] {"pre-commit", "commit-msg", "prepare-commit-msg", "reference-transaction"}) {
            Path file = Files.writeString(hooks.resolve(hook), "#!/bin/sh\necho ran > '" + marker + "'\n");
            assertThat(file.toFile().setExecutable(true)).isTrue();
        }
        repository.git("config", "core.hooksPath", hooks.toString());
        repository.git("config", "commit.gpgSign", "true");
        repository.git("config", "gpg.program", "false");
        CheckoutFingerprint before = CheckoutFingerprint.of(repository.directory());
        String refs = repository.git("for-each-ref");

        integrate(strategy, "main", "Land it\n");

        assertThat(CheckoutFingerprint.of(repository.directory())).isEqualTo(before);
        assertThat(repository.git("for-each-ref")).isEqualTo(refs);
        assertThat(marker).doesNotExist();
    }

    @Test
    void keepsAMessageAsItIs() {
        String message = "# not a comment\n\n--option?\nžluťoučký\n";

        IntegrationOutcome outcome = integrate(LandingStrategy.MERGE, "main", message);

        assertThat(repository.git("cat-file", "commit", ((IntegrationOutcome.Integrated) outcome).commit()))
                .endsWith(message.stripTrailing());
    }

    @Test
    void refusesAMessageWithoutText() {
        assertThatThrownBy(() -> integrate(LandingStrategy.MERGE, "main", " \n"))
                .isInstanceOf(InvalidNameException.class);
    }

    @Test
    void marksAConflictOfAMerge() {
        repository.write("one.txt", "other\n").commit("conflicting");

        assertThat(integrate(LandingStrategy.MERGE, "main", "x"))
                .isInstanceOfSatisfying(IntegrationOutcome.Conflicted.class, conflicted -> {
                    assertThat(conflicted.conflicts())
                            .extracting(Conflict::kind)
                            .containsExactly(ConflictKind.ADD_ADD);
                    assertThat(conflicted.atCommit()).isEmpty();
                });
    }

    @Test
    void squashNamesAllAuthorsWhereThereAreSeveral() {
        TestRepository work = TestRepository.at(repository.directory());
        work.git("checkout", "-q", "feature");
        work.write("more", "m\n").git("add", "-A");
        work.git("commit", "-q", "--author", "Zoë <zoe@example.org>", "-m", "more");
        work.git("checkout", "-q", "main");

        String commit = ((IntegrationOutcome.Integrated)
                        integrate(LandingStrategy.SQUASH, "main", "Land it\n\nA-Task: x\n"))
                .commit();

        assertThat(format(commit, "%an")).isEqualTo("Robot");
        assertThat(format(commit, "%(trailers:key=Co-authored-by,valueonly)"))
                .contains("Zoë <zoe@example.org>")
                .contains("Test User <test@example.org>");
        assertThat(format(commit, "%(trailers:key=A-Task,valueonly)")).isEqualTo("x");
    }

    @ParameterizedTest
    @EnumSource(names = {"MERGE", "SQUASH", "REBASE"})
    void signsByTheProgramThatWasConfiguredThenAndByNoOther(LandingStrategy strategy) throws IOException {
        Path signer = script("signer", "echo '[GNUPG:] SIG_CREATED D' >&2; echo 'a signature'");
        Path intruder = script("intruder", "touch \"$0.ran\"; exit 1");
        repository.git("config", "gpg.program", signer.toString());
        Signing signing = Signing.configuredIn(repository.open());
        repository.git("config", "gpg.program", intruder.toString());
        repository.git("config", "gpg.openpgp.program", intruder.toString());
        Integrator integrator =
                Integrator.of(repository.open(), Merger.of(repository.open()), Clock.systemUTC(), signing);

        IntegrationOutcome.Integrated made = (IntegrationOutcome.Integrated)
                integrator.integrate(new IntegrationRequest("main", "feature", strategy, "Land it\n", ROBOT));

        assertThat(repository.git("cat-file", "commit", made.commit()))
                .contains("gpgsig a signature")
                .contains("committer Robot <robot@example.org>");
        assertThat(Path.of(intruder + ".ran")).doesNotExist();
        assertThat(repository.resolve(made.commit() + "^{tree}")).isEqualTo(made.tree());
    }

    @ParameterizedTest
    @ValueSource(strings = {"main", "feature~2"})
    void signsEachCommitOfARebaseEvenWhereItIsInItsPlaceAlready(String onto) throws IOException {
        Path signer = script("signer", "echo '[GNUPG:] SIG_CREATED D' >&2; echo 'a signature'");
        repository.git("config", "gpg.program", signer.toString());
        Integrator integrator = Integrator.of(
                repository.open(),
                Merger.of(repository.open()),
                Clock.systemUTC(),
                Signing.configuredIn(repository.open()));

        IntegrationOutcome.Integrated made = (IntegrationOutcome.Integrated) integrator.integrate(
                new IntegrationRequest(onto, "feature", LandingStrategy.REBASE, "not used\n", ROBOT));

        String range = onto + ".." + made.commit();
        assertThat(repository.git("log", "--format=%s %an", range))
                .isEqualTo(repository.git("log", "--format=%s %an", "feature~2..feature"));
        assertThat(repository.git("rev-list", range).lines())
                .hasSize(2)
                .allSatisfy(commit ->
                        assertThat(repository.git("cat-file", "commit", commit)).contains("gpgsig a signature"));
    }

    private Path script(String name, String text) throws IOException {
        Path file = Files.writeString(
                repository.directory().resolveSibling(name), "#!/bin/sh\ncat >/dev/null\n" + text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file;
    }
}
