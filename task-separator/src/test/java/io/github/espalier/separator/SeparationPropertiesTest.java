package io.github.espalier.separator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds of every separation. */
class SeparationPropertiesTest {
    private static final List<String> FILES = List.of("a", "b", "d/a", "d/b", "d/e/a", "f/a");
    private static final ProjectTree TREE = ProjectTree.of(FILES);

    @Provide
    Arbitrary<List<Task>> batches() {
        Arbitrary<String> path = Arbitraries.of(
                "a",
                "b",
                "d/a",
                "d/b",
                "d/e/a",
                "f/a",
                "d/",
                "d/e/",
                "f/",
                "*",
                "d/*",
                "d/**",
                "**/a",
                "[ab]",
                "delete: d");
        Arbitrary<List<String>> files = path.list().ofMaxSize(3);
        return files.list().ofMaxSize(7).map(footprints -> {
            List<Task> tasks = new ArrayList<>();
            for (List<String> declared : footprints) {
                tasks.add(Task.builder("t" + tasks.size())
                        .declare(declared.toArray(String[]::new))
                        .build());
            }
            return tasks;
        });
    }

    private static Separation separate(List<Task> tasks) {
        return TaskSeparator.of(TREE).separate(tasks);
    }

    @Property(tries = 300)
    void isSymmetricAndIrreflexive(@ForAll("batches") List<Task> tasks) {
        Separation separation = separate(tasks);

        for (Task one : tasks) {
            assertThat(separation.areIndependent(one.id(), one.id())).isFalse();
            for (Task other : tasks) {
                assertThat(separation.areIndependent(one.id(), other.id()))
                        .isEqualTo(separation.areIndependent(other.id(), one.id()));
                assertThat(separation.conflict(one.id(), other.id()))
                        .isEqualTo(separation.conflict(other.id(), one.id()));
            }
        }
    }

    @Property(tries = 300)
    void partitionsThePairs(@ForAll("batches") List<Task> tasks) {
        Separation separation = separate(tasks);
        Set<Set<String>> independent = separation.independentPairs().stream()
                .map(pair -> Set.of(pair.first(), pair.second()))
                .collect(Collectors.toSet());
        Set<Set<String>> conflicting = separation.conflicts().stream()
                .map(conflict -> Set.of(conflict.first(), conflict.second()))
                .collect(Collectors.toSet());

        assertThat(Collections.disjoint(independent, conflicting)).isTrue();
        assertThat(independent.size() + conflicting.size()).isEqualTo(tasks.size() * (tasks.size() - 1) / 2);
        assertThat(separation.valid()).isEqualTo(conflicting.isEmpty());
        assertThat(separation.conflicts()).hasSameSizeAs(conflicting);
    }

    @Property(tries = 300)
    void doesNotDependOnTheOrderOfTasks(@ForAll("batches") List<Task> tasks, @ForAll Random random) {
        List<Task> shuffled = new ArrayList<>(tasks);
        Collections.shuffle(shuffled, random);
        Separation one = separate(tasks);
        Separation other = separate(shuffled);

        for (Task a : tasks) {
            for (Task b : tasks) {
                assertThat(one.areIndependent(a.id(), b.id())).isEqualTo(other.areIndependent(a.id(), b.id()));
            }
        }
    }

    @Property(tries = 300)
    void isMonotoneInDeclaredFiles(@ForAll("batches") List<Task> tasks, @ForAll("more") String more) {
        if (tasks.isEmpty() || tasks.get(0).declared().isEmpty()) {
            return; // an unknown footprint conflicts with all already; declaring makes it known
        }
        Task first = tasks.get(0);
        Task.Builder wider = Task.builder(first.id()).declare(more);
        first.declared().forEach(wider::declare);
        List<Task> changed = new ArrayList<>(tasks);
        changed.set(0, wider.build());
        Separation before = separate(tasks);
        Separation after = separate(changed);

        for (Task other : tasks) {
            if (!before.areIndependent(first.id(), other.id())) {
                assertThat(after.areIndependent(first.id(), other.id())).isFalse();
            }
        }
    }

    @Provide
    Arbitrary<String> more() {
        return Arbitraries.of("a", "d/", "**/a", "new", "rename: b -> c");
    }

    @Property(tries = 300)
    void equalsBruteForceOnTheFilesThatAreThere(@ForAll("batches") List<Task> tasks) {
        Separation separation = separate(tasks);

        for (Task one : tasks) {
            for (Task other : tasks) {
                Set<String> shared = new HashSet<>(touched(one));
                shared.retainAll(touched(other));
                boolean known = !one.declared().isEmpty() && !other.declared().isEmpty();
                if (!shared.isEmpty() || !known) {
                    assertThat(separation.areIndependent(one.id(), other.id())).isFalse();
                } else if (onlyPlainFiles(one)
                        && onlyPlainFiles(other)
                        && !one.id().equals(other.id())) {
                    assertThat(separation.areIndependent(one.id(), other.id())).isTrue();
                }
            }
        }
    }

    private static boolean onlyPlainFiles(Task task) {
        return task.declared().stream().allMatch(declared -> FILES.contains(declared.path()));
    }

    /** By the JDK's own globs, file by file. */
    private static Set<String> touched(Task task) {
        Set<String> touched = new HashSet<>();
        for (DeclaredPath declared : task.declared()) {
            String plain = declared.path().replaceAll("/$", "");
            for (String file : FILES) {
                boolean in = file.equals(plain)
                        || file.startsWith(plain + "/")
                        || file.matches(plain.replace("**/", "(.+/)?")
                                .replace("**", ".+")
                                .replaceAll("(?<!\\.|\\))\\*", "[^/]*"));
                if (in) {
                    touched.add(file);
                }
            }
        }
        return touched;
    }
}
