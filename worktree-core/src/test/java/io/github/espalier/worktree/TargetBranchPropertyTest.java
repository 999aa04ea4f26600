package io.github.espalier.worktree;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.espalier.worktree.TargetBranch.AdvanceOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever the user edited and whatever the target changes: all edits are kept byte for byte, or nothing changes. */
class TargetBranchPropertyTest {
    enum How {
        WRITE,
        DELETE,
        LINK
    }

    record Edit(String path, String content, How how, boolean stage) {}

    private static final List<String> PATHS =
            List.of("a", "b.env", "d", "d/a", "d/b.env", "d/e", "d/e/f", "-x", "sp ace", "new\nline", "ü");

    @Provide
    Arbitrary<List<Edit>> edits() {
        return Combinators.combine(
                        Arbitraries.of(PATHS),
                        Arbitraries.of("", "x", "x\r\n", "y\n", "\0"),
                        Arbitraries.frequencyOf(
                                net.jqwik.api.Tuple.of(6, Arbitraries.just(How.WRITE)),
                                net.jqwik.api.Tuple.of(3, Arbitraries.just(How.DELETE)),
                                net.jqwik.api.Tuple.of(1, Arbitraries.just(How.LINK))),
                        Arbitraries.of(true, false, false))
                .as(Edit::new)
                .list()
                .ofMaxSize(5);
    }

    @Property(tries = 25)
    void keepsEveryEditOrChangesNothing(
            @ForAll("edits") List<Edit> base, @ForAll("edits") List<Edit> target, @ForAll("edits") List<Edit> local)
            throws IOException {
        Path folder = Files.createTempDirectory("target-property");
        try {
            TestRepository repository = TestRepository.init(folder.resolve("main"));
            repository.write(".gitignore", "*.env\n").write("a", "1").write("d/a", "2");
            apply(repository, base);
            repository.git("add", "-A", "-f");
            String from = repository.commit("base");
            repository.git("checkout", "-q", "-b", "work");
            apply(repository, target);
            repository.git("add", "-A", "-f");
            String to = repository.commit("target");
            repository.git("checkout", "-q", "main");
            apply(repository, local);

            check(repository, from, to);
        } finally {
            delete(folder);
        }
    }

    private static void check(TestRepository repository, String from, String to) throws IOException {
        CheckoutFingerprint before = CheckoutFingerprint.of(repository.directory(), "refs/heads/main");
        Map<String, String> files = files(repository.directory());
        Set<String> edited = edited(repository);

        AdvanceOutcome outcome = TargetBranch.of(repository.open(), "main").advance(from, to, "property");

        if (outcome instanceof AdvanceOutcome.Held) {
            assertThat(repository.resolve("main")).isEqualTo(from);
            assertThat(CheckoutFingerprint.of(repository.directory(), "refs/heads/main"))
                    .isEqualTo(before);
            return;
        }
        assertThat(outcome).isInstanceOf(AdvanceOutcome.Advanced.class);
        assertThat(repository.resolve("main")).isEqualTo(to);
        Map<String, String> after = files(repository.directory());
        for (String path : edited) {
            assertThat(after.get(path)).describedAs(path).isEqualTo(files.get(path));
        }
        Set<String> still = edited(repository);
        assertThat(edited).containsAll(still);
        for (String path : names(repository, "diff", "--name-only", "--no-renames", "-z", from, to)) {
            assertThat(still.contains(path) && !edited.contains(path)).isFalse();
        }
    }

    /** Paths whose content, staged or not, is not the one of HEAD. */
    private static Set<String> edited(TestRepository repository) {
        Set<String> edited = new TreeSet<>();
        edited.addAll(names(repository, "diff", "--name-only", "--no-renames", "-z", "HEAD"));
        edited.addAll(names(repository, "diff", "--name-only", "--no-renames", "-z", "--cached", "HEAD"));
        edited.addAll(names(repository, "ls-files", "-z", "--others"));
        return edited;
    }

    private static Set<String> names(TestRepository repository, String... command) {
        return Arrays.stream(repository.git(command).split("\0", -1))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static void apply(TestRepository repository, List<Edit> edits) throws IOException {
        for (Edit edit : edits) {
            Path file = repository.directory().resolve(edit.path());
            Path above = repository.directory();
            for (Path part : Path.of(edit.path())) {
                if (Files.exists(above, LinkOption.NOFOLLOW_LINKS)
                        && !Files.isDirectory(above, LinkOption.NOFOLLOW_LINKS)) {
                    Files.delete(above);
                }
                Files.createDirectories(above);
                above = above.resolve(part);
            }
            delete(file);
            if (edit.how() == How.WRITE) {
                Files.writeString(file, edit.content());
            } else if (edit.how() == How.LINK) {
                Files.createSymbolicLink(file, Path.of("nowhere"));
            }
            if (edit.stage()) {
                repository.git("add", "-A");
            }
        }
    }

    private static Map<String, String> files(Path root) throws IOException {
        Map<String, String> found = new TreeMap<>();
        try (var paths = Files.walk(root)) {
            for (Path path :
                    paths.filter(path -> !path.startsWith(root.resolve(".git"))).toList()) {
                if (Files.isSymbolicLink(path)) {
                    found.put(root.relativize(path).toString(), "-> " + Files.readSymbolicLink(path));
                } else if (Files.isRegularFile(path)) {
                    found.put(root.relativize(path).toString(), Files.readString(path));
                }
            }
        }
        return found;
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (var paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
