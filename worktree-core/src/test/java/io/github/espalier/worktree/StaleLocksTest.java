package io.github.espalier.worktree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.espalier.worktree.internal.GitProcesses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lock files go only where nobody can be their owner any more. */
class StaleLocksTest {
    @TempDir
    Path folder;

    private GitRepository repository;
    private Path lock;

    @BeforeEach
    void makeRepository() {
        repository = TestRepository.create(folder.resolve("project")).open();
        lock = repository.commonDirectory().resolve("packed-refs.lock");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "packed-refs.lock",
                "index.lock",
                "refs/heads/main.lock",
                "objects/maintenance.lock",
                "espalier-index-1.lock"
            })
    void goWhereNobodyHasThemOpen(String name) throws IOException {
        Path left = Files.createFile(repository.commonDirectory().resolve(name));

        assertThat(StaleLocks.of(repository).remove()).containsExactly(left);

        assertThat(left).doesNotExist();
    }

    /** The git that held it ended, and another one began, after a look at the processes had found none. */
    @Test
    void stayWhereAnotherOfTheSameNameHasCome() throws IOException {
        Files.createFile(lock);
        Map<Path, Map<String, Object>> before = Map.of(lock, StaleLocks.identity(lock));
        assertThat(StaleLocks.stillThere(before)).containsExactly(lock);
        Files.move(Files.createFile(folder.resolve("another")), lock, StandardCopyOption.REPLACE_EXISTING);

        assertThat(StaleLocks.stillThere(before)).isEmpty();
        Files.delete(lock);
        assertThat(StaleLocks.stillThere(before)).isEmpty();
    }

    /** Git closes the lock that it holds while its user writes a message. */
    @Test
    void stayWhileAnEditorIsOpenForAGitThatHoldsThem() throws Exception {
        Path project = folder.resolve("project");
        Path index = repository.commonDirectory().resolve("index.lock");
        Path open = folder.resolve("open");
        Path editor = Files.writeString(
                folder.resolve("editor"), "touch " + open + "; while test -e " + open + "; do sleep 0.02; done\n");
        ProcessBuilder commit = new ProcessBuilder("git", "commit", "--allow-empty", "-a")
                .directory(project.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("commit.log").toFile());
        commit.environment().put("GIT_EDITOR", "sh " + editor);
        Process git = commit.start();
        try {
            await().until(() -> Files.exists(open));
            assertThat(index).exists();
            assertThat(GitProcesses.isOpen(index)).isFalse();

            assertThat(StaleLocks.of(repository).remove()).isEmpty();

            assertThat(index).exists();
        } finally {
            Files.deleteIfExists(open);
            git.waitFor();
        }
    }

    @Test
    void areLookedForWhileRefsComeAndGo() {
        AtomicBoolean over = new AtomicBoolean();
        Path heads = repository.commonDirectory().resolve("refs/heads");
        CompletableFuture<Void> git = CompletableFuture.runAsync(() -> {
            try {
                while (!over.get()) {
                    Path folder = Files.createDirectories(heads.resolve("some"));
                    for (int i = 0; i < 50; i++) {
                        Files.createFile(folder.resolve(i + ".txt"));
                    }
                    for (int i = 0; i < 50; i++) {
                        Files.delete(folder.resolve(i + ".txt"));
                    }
                    Files.delete(folder);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        try {
            for (int look = 0; look < 300; look++) {
                assertThat(StaleLocks.of(repository).find()).isEmpty();
            }
        } finally {
            over.set(true);
            git.join();
        }
    }

    @Test
    void stayWhereAProcessThatOpensAndClosesOtherFilesAllTheTimeHasThemOpen() throws IOException {
        Path other = Files.createFile(folder.resolve("other"));
        List<FileChannel> below = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            below.add(FileChannel.open(other));
        }
        try (FileChannel held = FileChannel.open(lock, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            assertThat(held.isOpen()).isTrue();
            for (FileChannel channel : below) { // descriptors are listed in their order: these come and go before ours
                channel.close();
            }
            AtomicBoolean over = new AtomicBoolean();
            CompletableFuture<Void> one = busy(other, over);
            CompletableFuture<Void> two = busy(other, over);
            try {
                for (int look = 0; look < 100; look++) {
                    assertThat(StaleLocks.of(repository).find())
                            .as("look %d", look)
                            .isEmpty();
                }
            } finally {
                over.set(true);
                one.join();
                two.join();
            }
        }
    }

    private static CompletableFuture<Void> busy(Path file, AtomicBoolean over) {
        return CompletableFuture.runAsync(() -> {
            while (!over.get()) {
                try (FileChannel channel = FileChannel.open(file);
                        FileChannel another = FileChannel.open(file)) {
                    assertThat(channel.isOpen() && another.isOpen()).isTrue();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        });
    }
}
