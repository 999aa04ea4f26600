package io.github.espalier.coordinator;

import io.github.espalier.resources.ResourceMonitor;
import io.github.espalier.separator.Task;
import io.github.espalier.worktree.TestRepository;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/** A host program as tests need it: a repository with a target that is not checked out, agents that are shell scripts. */
final class TestHost {
    static final String TARGET = "roadmap";

    /** An agent that commits a file of its task's name. */
    static final String COMMIT = "echo $ESPALIER_TASK > $ESPALIER_TASK.txt; git add -A; git commit -qm work";

    private final TestRepository repository;
    private final Queue<RunEvent> events = new ConcurrentLinkedQueue<>();

    private TestHost(TestRepository repository) {
        this.repository = repository;
    }

    /** A repository with two files on {@code main}, which is checked out, and {@code roadmap} at the same commit. */
    static TestHost in(Path folder) {
        return new TestHost(TestRepository.create(folder.resolve("project"), "sources and target", repository -> {
            repository.write("src/App.java", "class App {}\n").write("src/Lib.java", "class Lib {}\n");
            repository.commit("Add sources");
            repository.git("branch", TARGET);
        }));
    }

    static TestHost of(TestRepository repository) {
        return new TestHost(repository);
    }

    TestRepository repository() {
        return repository;
    }

    /** A builder whose agents run a script with {@code sh -c}, as many at once as there may be. */
    CoordinatorBuilder builder(String script) {
        return builder(InstanceLauncher.command("sh", "-c", script));
    }

    CoordinatorBuilder builder(InstanceLauncher launcher) {
        UntouchedCheckouts.watch(repository, TARGET);
        return Coordinator.builder()
                .repository(repository.directory())
                .target(TARGET)
                .launcher(launcher)
                .maxInstances(3)
                .stopGrace(Duration.ofSeconds(2))
                .resources(ResourceMonitor.unlimited())
                .listener(events::add);
    }

    RunReport run(String script, Task... tasks) {
        return builder(script).build().run(List.of(tasks));
    }

    /** Every event so far, in the order it was told. */
    List<RunEvent> events() {
        return List.copyOf(events);
    }

    <T extends RunEvent> Stream<T> events(Class<T> type) {
        return events().stream().filter(type::isInstance).map(type::cast);
    }

    /** A commit on a branch, which begins at {@code main} if it is new, made where no checkout stays. */
    void branch(String name, String path, String text) {
        Path room = repository.directory().resolveSibling("room");
        if (repository.git("branch", "--list", name).isEmpty()) {
            repository.git("branch", name, "main");
        }
        repository.git("worktree", "add", "-q", room.toString(), name);
        TestRepository.at(room).write(path, text).commit("Write " + path + " on " + name);
        repository.git("worktree", "remove", room.toString());
    }

    /** A file at the target's tip. */
    String onTarget(String path) {
        return repository.git("show", TARGET + ":" + path);
    }

    Path worktree(String id) {
        return repository.directory().resolveSibling("project-wt" + id);
    }

    /** A path in the repository's git directory. */
    Path git(String path) {
        return repository.directory().resolve(".git").resolve(path);
    }

    /** Two tasks that go together, {@code a} and {@code b}. */
    static List<Task> twoTasks() {
        return List.of(task("a", "a.txt"), task("b", "b.txt"));
    }

    static Task task(String id, String... files) {
        return Task.builder(id).title("Task " + id).declare(files).build();
    }
}
