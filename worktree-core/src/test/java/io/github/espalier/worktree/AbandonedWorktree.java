package io.github.espalier.worktree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A worktree that an agent worked in, and a record of what must not be lost of it. */
abstract class AbandonedWorktree {
    static final String REF = "refs/espalier/rescue/run/task/1";

    @TempDir
    Path folder;

    TestRepository main;
    GitRepository repository;
    WorktreeManager manager;
    Worktree worktree;
    TestRepository work;
    final List<String> precious = new ArrayList<>();

    @BeforeEach
    void makeWorktree() {
        main = TestRepository.init(folder.resolve("main"));
        main.write("a.txt", "one\n").write("dir/b.txt", "two\n").commit("first");
        repository = main.open();
        manager = WorktreeManager.of(repository);
        worktree = manager.add(new WorktreeRequest(folder.resolve("wt"), "feature/x", main.head()));
        work = TestRepository.at(worktree.directory());
    }

    @AfterEach
    void close() {
        manager.close();
    }

    /** Something committed, staged, changed and untracked, each of its own content. */
    void workOn() {
        precious.add(work.write("committed", "committed\n").commit("work"));
        work.write("staged", "staged\n").git("add", "staged");
        precious.add(work.git("rev-parse", ":staged"));
        edit();
    }

    void edit() {
        work.write("staged", "changed after it was staged\n")
                .write("dir/b.txt", "changed\n")
                .write("new/untracked", "untracked\n");
        for (String file : List.of("staged", "dir/b.txt", "new/untracked")) {
            precious.add(hash(work.directory().resolve(file)));
        }
    }

    private String hash(Path file) {
        return main.git("hash-object", "--no-filters", file.toString());
    }

    void conflicting(String... command) {
        assertThatThrownBy(() -> work.git(command)).isInstanceOf(AssertionError.class);
    }

    RescueOutcome.Saved save() {
        return (RescueOutcome.Saved) Rescue.of(repository).save(new RescueRequest(worktree, REF, "m", false));
    }

    /** Rescues, removes the worktree, collects all garbage, and looks for everything again. */
    void keepsEverything() {
        RescueOutcome.Saved saved = save();
        assertThat(saved.leftOut()).isEmpty();
        assertThat(save()).isEqualTo(saved);
        manager.remove(worktree, Removal.keepingBranch().afterRescue());
        isAllReachable();
    }

    void isAllReachable() {
        main.git("reflog", "expire", "--expire=now", "--expire-unreachable=now", "--all");
        main.git("gc", "-q", "--prune=now");
        assertThat(main.git("rev-list", "--objects", "--all")).contains(precious);
    }

    static void delete(Path directory) throws IOException {
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path done, IOException e) throws IOException {
                Files.delete(done);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
