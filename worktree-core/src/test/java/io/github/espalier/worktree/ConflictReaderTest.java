package io.github.espalier.worktree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConflictReaderTest {
    private static final String LINES = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";

    @TempDir
    Path folder;

    private TestRepository repository = TestRepository.at(Path.of("."));

    /** A repository whose {@code main} has this file. */
    private void base(String path, String text, String... options) {
        repository = TestRepository.init(folder.resolve("project"), options);
        repository.write(path, text).commit("base");
    }

    /** Commits something on a branch of its own from the base; then {@code main} is out again. */
    private String theirs(Runnable changes) {
        repository.git("checkout", "-q", "-B", "theirs");
        changes.run();
        String commit = repository.commit("theirs");
        repository.git("checkout", "-q", "main");
        return commit;
    }

    private String ours(Runnable changes) {
        changes.run();
        return repository.commit("ours");
    }

    private List<ConflictDetail> read() {
        MergeOutcome outcome = Merger.of(repository.open()).merge(new MergeRequest("main", "theirs"));
        List<Conflict> conflicts = ((MergeOutcome.Conflicted) outcome).conflicts();
        List<ConflictDetail> details = ConflictReader.of(repository.open()).read("main", "theirs", conflicts);
        assertThat(details).extracting(ConflictDetail::conflict).isEqualTo(conflicts);
        return details;
    }

    private ConflictDetail only() {
        List<ConflictDetail> details = read();
        assertThat(details).hasSize(1);
        return details.get(0);
    }

    private void write(String path, String text) {
        repository.write(path, text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha1", "sha256"})
    void showsLinesOfAllSidesAndTheirCommits(String format) {
        base("a.txt", LINES, "--object-format=" + format);
        String theirs = theirs(() -> write("a.txt", LINES.replace("5\n", "fünf\n")));
        ours(() -> write("a.txt", "0\n" + LINES));
        String ours = ours(() -> write("a.txt", "0\n" + LINES.replace("5\n", "five\nfive and a half\n")));

        ConflictDetail detail = only();

        assertThat(detail.hunks())
                .containsExactly(new ConflictHunk(
                        new ConflictLines(5, 1, List.of("5"), List.of()),
                        new ConflictLines(6, 2, List.of("five", "five and a half"), List.of(ours)),
                        new ConflictLines(5, 1, List.of("fünf"), List.of(theirs))));
        assertThat(detail.ourCommits()).containsExactly(ours);
        assertThat(detail.theirCommits()).containsExactly(theirs);
        assertThat(detail.cut()).isFalse();
        assertThat(detail.patch())
                .startsWith("content conflict in a.txt\n  base:   a.txt 100644 ")
                .contains("  ours:   changed to ", " by " + ours.substring(0, 12) + "\n")
                .endsWith("@@@ base 5,1 ours 6,2 theirs 5,1 @@@\n2\n3\n4\n<<<<<<< ours " + ours.substring(0, 12)
                        + "\nfive\nfive and a half\n||||||| base\n5\n=======\nfünf\n>>>>>>> theirs "
                        + theirs.substring(0, 12) + "\n6\n7\n8\n");
    }

    @Test
    void readsLinesFromBlobsAloneWhereCommitsAreNotAskedFor() {
        base("a.txt", LINES);
        theirs(() -> write("a.txt", LINES.replace("5\n", "fünf\n")));
        ours(() -> write("a.txt", LINES.replace("5\n", "five\n")));
        ConflictDetail whole = only();

        List<ConflictDetail> details =
                ConflictReader.of(repository.open()).lines(List.of(whole.conflict(), whole.conflict()));

        assertThat(details).hasSize(2).allSatisfy(detail -> {
            assertThat(detail.hunks())
                    .containsExactly(new ConflictHunk(
                            new ConflictLines(5, 1, List.of("5"), List.of()),
                            new ConflictLines(5, 1, List.of("five"), List.of()),
                            new ConflictLines(5, 1, List.of("fünf"), List.of())));
            assertThat(detail.ourCommits()).isEmpty();
            assertThat(detail.theirCommits()).isEmpty();
            assertThat(detail.cut()).isFalse();
            assertThat(detail.patch())
                    .contains("4\n<<<<<<< ours\nfive\n||||||| base\n5\n=======\nfünf\n>>>>>>> theirs\n6\n");
        });
    }

    @Test
    void keepsHunksApartAndWritesLinesBetweenThemOnce() {
        String lines = LINES + "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n";
        base("a.txt", lines);
        theirs(() -> write(
                "a.txt", lines.replace("2\n", "two\n").replace("6\n", "six\n").replace("h\n", "z\n")));
        ours(() -> write(
                "a.txt", lines.replace("2\n", "deux\n").replace("6\n", "\n").replace("h\n", "y\n")));

        ConflictDetail detail = only();

        assertThat(detail.hunks()).extracting(hunk -> hunk.base().start()).containsExactly(2, 6, 17);
        assertThat(detail.patch().lines().filter(line -> line.startsWith("@@@")))
                .hasSize(2);
        assertThat(detail.patch().lines().filter(line -> line.equals("4"))).hasSize(1);
        assertThat(detail.patch().lines()).contains("9", "e", "i").doesNotContain("a", "d");
    }

    @Test
    void namesTheCommitThatDeletedTheLines() {
        base("a.txt", LINES);
        String theirs = theirs(() -> write("a.txt", LINES.replace("5\n", "five\n")));
        String ours = ours(() -> write("a.txt", LINES.replace("5\n", "")));

        ConflictHunk hunk = only().hunks().get(0);

        assertThat(hunk.ours()).isEqualTo(new ConflictLines(5, 0, List.of(), List.of(ours)));
        assertThat(hunk.theirs().commits()).containsExactly(theirs);
    }

    @Test
    void showsTwoFilesThatWereAddedUnderOneName() {
        base("a.txt", LINES);
        theirs(() -> write("new.txt", "theirs\n"));
        ours(() -> write("new.txt", "ours\nwithout end"));

        ConflictDetail detail = only();

        assertThat(detail.conflict().kind()).isEqualTo(ConflictKind.ADD_ADD);
        assertThat(detail.hunks()).singleElement().satisfies(hunk -> {
            assertThat(hunk.base().count()).isZero();
            assertThat(hunk.ours().lines()).containsExactly("ours", "without end");
            assertThat(hunk.theirs().lines()).containsExactly("theirs");
        });
    }

    @Test
    void findsLinesInAFileThatOneSideRenamed() {
        base("old.txt", LINES);
        String theirs = theirs(() -> {
            repository.git("mv", "old.txt", "new.txt");
            write("new.txt", LINES.replace("5\n", "five\n"));
        });
        String ours = ours(() -> write("old.txt", LINES.replace("5\n", "cinq\n")));

        ConflictDetail detail = only();

        assertThat(detail.hunks()).singleElement().satisfies(hunk -> {
            assertThat(hunk.ours().commits()).containsExactly(ours);
            assertThat(hunk.theirs().commits()).containsExactly(theirs);
        });
    }

    @Test
    void tellsWhoDeletedAndWhoChanged() {
        base("a.txt", LINES);
        String theirs = theirs(() -> repository.git("rm", "-q", "a.txt"));
        String ours = ours(() -> write("a.txt", LINES + "10\n"));

        ConflictDetail detail = only();

        assertThat(detail.conflict().kind()).isEqualTo(ConflictKind.MODIFY_DELETE);
        assertThat(detail.hunks()).isEmpty();
        assertThat(detail.ourCommits()).containsExactly(ours);
        assertThat(detail.theirCommits()).containsExactly(theirs);
        assertThat(detail.patch()).contains("theirs: deleted by " + theirs.substring(0, 12), "ours:   changed to ");
        assertThat(detail.cut()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-x", "new\nline", "ü/ž \".txt", "*"})
    void copesWithAnyNameOfAFile(String path) {
        base(path, "\0binary");
        write("other", "x");
        repository.commit("other");
        repository.git("branch", "-f", "theirs");
        String theirs = theirs(() -> write(path, "\0theirs"));
        ours(() -> write("other", "y"));
        String ours = ours(() -> write(path, "\0ours"));

        ConflictDetail detail = only();

        assertThat(detail.conflict().kind()).isEqualTo(ConflictKind.BINARY);
        assertThat(detail.ourCommits()).containsExactly(ours);
        assertThat(detail.theirCommits()).containsExactly(theirs);
        assertThat(detail.patch().lines()).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-x", "new\nline", "ü/ž \".txt", ":(glob)*"})
    void findsTheLinesOfAnyNameOfAFile(String path) {
        base(path, LINES);
        String theirs = theirs(() -> write(path, LINES.replace("5\n", "five\n")));
        String ours = ours(() -> write(path, LINES.replace("5\n", "cinq\n")));

        ConflictDetail detail = only();

        assertThat(detail.ourCommits()).containsExactly(ours);
        assertThat(detail.theirCommits()).containsExactly(theirs);
        assertThat(detail.cut()).isFalse();
    }

    @Test
    void showsPartOfALongConflict() {
        String many = "x".repeat(150) + "\n";
        base("a.txt", "base\n");
        theirs(() -> write("a.txt", ("their " + many).repeat(2_000)));
        ours(() -> write("a.txt", ("our " + many).repeat(2_000)));

        ConflictDetail detail = only();

        assertThat(detail.cut()).isTrue();
        assertThat(detail.patch()).hasSizeBetween(60_000, 80_000).contains("(cut:");
        assertThat(detail.hunks()).singleElement().satisfies(hunk -> {
            assertThat(hunk.ours().count()).isEqualTo(2_000);
            assertThat(hunk.ours().lines()).hasSizeLessThan(2_000);
        });
    }

    @Test
    void doesNotOpenALargeFile() {
        String large = "line of a large file\n".repeat(100_000);
        base("a.txt", large);
        String theirs = theirs(() -> write("a.txt", "theirs\n" + large));
        String ours = ours(() -> write("a.txt", "ours\n" + large));
        MergeOutcome outcome = Merger.of(repository.open()).merge(new MergeRequest("main", "theirs"));
        List<Conflict> conflicts = ((MergeOutcome.Conflicted) outcome).conflicts();
        ConflictReader reader = ConflictReader.of(repository.open());

        long start = System.nanoTime();
        List<ConflictDetail> details = reader.read("main", "theirs", conflicts);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        assertThat(details).singleElement().satisfies(detail -> {
            assertThat(detail.cut()).isTrue();
            assertThat(detail.hunks()).isEmpty();
            assertThat(detail.ourCommits()).containsExactly(ours);
            assertThat(detail.theirCommits()).containsExactly(theirs);
        });
    }

    @Test
    void takesNotLongForLinesThatAreAllAlike() {
        base("a.txt", "}\n{\n".repeat(20_000));
        theirs(() -> write("a.txt", "}\n}\n{\n".repeat(15_000)));
        ours(() -> write("a.txt", "{\n{\n}\n".repeat(16_000)));

        ConflictDetail detail = only();

        assertThat(detail.hunks()).isNotEmpty();
        assertThat(detail.ourCommits()).containsExactly(repository.resolve("main"));
    }

    @Test
    void runsNoProgramThatIsConfigured() throws IOException {
        Path marker = folder.resolve("ran");
        base("a.txt", LINES);
        theirs(() -> write("a.txt", LINES.replace("5\n", "five\n")));
        ours(() -> write("a.txt", LINES.replace("5\n", "cinq\n")));
        Files.writeString(repository.directory().resolve(".git/info/attributes"), "* diff=evil\n");
        String program = "sh -c 'touch " + marker + "; cat \"$1\"' -";
        repository.git("config", "diff.evil.textconv", program);
        repository.git("config", "diff.evil.command", program);
        repository.git("config", "gpg.program", program);
        repository.git("config", "log.showSignature", "true");
        repository.git("config", "blame.ignoreRevsFile", "missing");

        assertThat(only().ourCommits()).isNotEmpty();

        assertThat(marker).doesNotExist();
    }

    @Test
    void readsTheConflictsOfARevert() {
        base("a.txt", LINES);
        String landed = ours(() -> write("a.txt", LINES.replace("5\n", "five\n")));
        String later = ours(() -> write("a.txt", LINES.replace("5\n", "cinq\n")));
        IntegrationOutcome outcome = Reverter.of(repository.open())
                .revert(new RevertRequest("main", landed + "^", landed, "undo", Identity.DEFAULT));

        List<ConflictDetail> details = ConflictReader.of(repository.open())
                .read("main", landed, ((IntegrationOutcome.Conflicted) outcome).conflicts());

        assertThat(details).singleElement().satisfies(detail -> {
            assertThat(detail.ourCommits()).containsExactly(later);
            assertThat(detail.theirCommits()).isEmpty();
            assertThat(detail.hunks().get(0).theirs().lines()).containsExactly("5");
        });
    }

    @Test
    void refusesWhatNamesNoCommit() {
        base("a.txt", LINES);
        ConflictReader reader = ConflictReader.of(repository.open());

        assertThatThrownBy(() -> reader.read("main", "missing", List.of()))
                .isInstanceOf(UnknownRevisionException.class);
        assertThatThrownBy(() -> reader.read("--all", "main", List.of())).isInstanceOf(InvalidNameException.class);
    }
}
