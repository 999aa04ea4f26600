package io.github.espalier.worktree;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RescuePropertyTest {
    record Edit(String path, String content, boolean delete, boolean stage) {}

    @Provide
    Arbitrary<List<Edit>> edits() {
        Arbitrary<String> paths = Arbitraries.of("a", "b", "d/a", "d/e/b", "-x", "sp ace", "new\nline", "ü", "d2/c");
        Arbitrary<String> contents = Arbitraries.of("", "x", "x\r\n", "y\n", "\0", "$Id$\r\n");
        Arbitrary<Boolean> flag = Arbitraries.of(true, false);
        return Combinators.combine(paths, contents, flag, flag)
                .as(Edit::new)
                .list()
                .ofMaxSize(8);
    }

    @Property(tries = 20)
    void checkingOutTheRescueGivesTheSameFiles(@ForAll("edits") List<Edit> edits) throws IOException {
        Path folder = Files.createTempDirectory("rescue-property");
        TestRepository main = TestRepository.init(folder.resolve("main"));
        main.write("a", "1").write("d/a", "2").write("sp ace", "3\n").commit("first");
        try (WorktreeManager manager = WorktreeManager.of(main.open())) {
            Worktree worktree = manager.add(new WorktreeRequest(folder.resolve("wt"), "x", main.head()));
            for (Edit edit : edits) {
                apply(TestRepository.at(worktree.directory()), edit);
            }
            RescueOutcome outcome =
                    Rescue.of(main.open()).save(new RescueRequest(worktree, "refs/espalier/rescue/p", "m", false));
            String commit = outcome instanceof RescueOutcome.Saved saved ? saved.commit() : main.head();
            main.git("worktree", "add", "-q", "--detach", folder.resolve("out").toString(), commit);
            assertThat(files(folder.resolve("out"))).isEqualTo(files(worktree.directory()));
        } finally {
            delete(folder);
        }
    }

    private static void apply(TestRepository work, Edit edit) throws IOException {
        if (edit.delete()) {
            Files.deleteIfExists(work.directory().resolve(edit.path()));
        } else {
            work.write(edit.path(), edit.content());
        }
        if (edit.stage()) {
            work.git("add", "-A");
        }
    }

    private static Map<String, String> files(Path root) throws IOException {
        Map<String, String> found = new TreeMap<>();
        try (var paths = Files.walk(root)) {
            for (Path file : paths.filter(Files::isRegularFile).toList()) {
                if (!file.equals(root.resolve(".git"))) {
                    found.put(root.relativize(file).toString(), Files.readString(file));
                }
            }
        }
        return found;
    }

    private static void delete(Path folder) throws IOException {
        try (var paths = Files.walk(folder)) {
            for (Path path : paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
