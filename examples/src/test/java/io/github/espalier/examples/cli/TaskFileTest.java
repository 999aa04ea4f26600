package io.github.espalier.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.espalier.separator.DeclaredPath;
import io.github.espalier.separator.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskFileTest {
    @TempDir
    Path folder;

    @Test
    void readsEveryField() throws IOException {
        Task task = one("""
                {"id": "us-1", "title": "Land", "spec": "Mend `src/A.java`.\\nAll of it.", "priority": 5,
                 "files": ["src/A.java", "docs/", "create: b", "delete: c", "rename: d -> e"],
                 "dependsOn": ["us-0"], "effort": "1h30m"}""");

        assertThat(task.id()).isEqualTo("us-1");
        assertThat(task.title()).isEqualTo("Land");
        assertThat(task.spec()).isEqualTo("Mend `src/A.java`.\nAll of it.");
        assertThat(task.specFile()).isEmpty();
        assertThat(task.declared()).hasSize(5).extracting(DeclaredPath::path).contains("src/A.java", "b", "c");
        assertThat(task.dependsOn()).containsExactly("us-0");
        assertThat(task.priority()).isEqualTo(5);
        assertThat(task.effort()).contains(Duration.ofMinutes(90));
    }

    @Test
    void needsAnIdOnly() throws IOException {
        Task task = one("{\"id\": \"a\", \"title\": null, \"files\": null, \"effort\": null}");

        assertThat(task).isEqualTo(Task.builder("a").build());
    }

    @Test
    void keepsTheOrder() throws IOException {
        assertThat(read("[{\"id\": \"b\"}, {\"id\": \"a\"}]"))
                .extracting(Task::id)
                .containsExactly("b", "a");
    }

    @Test
    void readsASpecificationThatIsNamed() throws IOException {
        Path spec = Files.writeString(folder.resolve("us-1.md"), "# Mend\n");

        Task task = one("{\"id\": \"a\", \"spec\": \"us-1.md\"}");

        assertThat(task.spec()).isEqualTo("# Mend\n");
        assertThat(task.specFile()).contains(spec);
    }

    @Test
    void takesAnUnknownNameForTheSpecificationItself() throws IOException {
        assertThat(one("{\"id\": \"a\", \"spec\": \"us-9.md\"}").spec()).isEqualTo("us-9.md");
    }

    @Test
    void takesABareNumberForSeconds() throws IOException {
        assertThat(one("{\"id\": \"a\", \"effort\": 90}").effort()).contains(Duration.ofSeconds(90));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"id\": \"a\"}             | : must hold a JSON array of tasks, [{\"id\": \"…\"}, …]",
                "``                          | : must hold a JSON array of tasks, [{\"id\": \"…\"}, …]",
                "[\"a\"]                     | : task 0 must be an object with an \"id\"",
                "[{\"id\": \"a\"}, {}]       | : task 1: field \"id\" is missing; give each task one of its own",
                "[{\"id\": 7}]               | : task 0: field \"id\" must be text in quotes",
                "[{\"id\": \" \"}]           | : task 0: task \" \": the id is blank; give one",
                "[{\"id\": \"a\", \"dependsOn\": [\"a\"]}]   | : task 0: task \"a\": it depends on itself; drop that dependency",
                "[{\"id\": \"a\", \"depends\": []}]          | : task 0: field \"depends\" is unknown; known are id, title, spec, files, dependsOn, priority, effort",
                "[{\"id\": \"a\", \"files\": \"b\"}]         | : task 0: field \"files\" must be an array of texts",
                "[{\"id\": \"a\", \"files\": [1]}]           | : task 0: field \"files\" must be text in quotes",
                "[{\"id\": \"a\", \"priority\": \"high\"}]   | : task 0: field \"priority\" must be a whole number; lower goes first",
                "[{\"id\": \"a\", \"priority\": 1.5}]        | : task 0: field \"priority\" must be a whole number; lower goes first",
                "[{\"id\": \"a\", \"priority\": 9999999999}] | : task 0: field \"priority\" must be a whole number; lower goes first",
                "[{\"id\": \"a\", \"effort\": \"long\"}]     | : task 0: field \"effort\": 'long' is no duration over zero; write it as 90s, 30m, 1h30m or PT1H30M",
                "[{\"id\": \"a\", \"effort\": 0}]            | : task 0: field \"effort\": '0s' is no duration over zero; write it as 90s, 30m, 1h30m or PT1H30M",
                "[{\"id\": \"a\", \"effort\": 1.5}]          | : task 0: field \"effort\" must be text such as \"45m\", or a whole number of seconds",
                "[{\"id\": \"a\", \"effort\": 1e999}]        | : task 0: field \"effort\" must be text such as \"45m\", or a whole number of seconds",
                "[{\"id\": \"a\", \"effort\": true}]         | : task 0: field \"effort\" must be text such as \"45m\", or a whole number of seconds",
            })
    void saysWhatIsWrongWhere(String json, String problem) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(MisuseException.class)
                .hasMessage(folder.resolve("tasks.json") + problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[{\"id\": \"a\"},]              | :1: no valid JSON: ",
                "[{\"id\": \"a\", \"id\": \"b\"}] | :1: no valid JSON: Duplicate ",
                "[{\"id\": \"a\"}] []            | :1: no valid JSON: ",
                "[{\"id\": \"a\"}                | :1: no valid JSON: ",
                "id: a                           | :1: no valid JSON: ",
            })
    void saysInWhichLineTheJsonIsBroken(String json, String problem) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(MisuseException.class)
                .hasMessageStartingWith(folder.resolve("tasks.json") + problem);
    }

    @Test
    void refusesPathsThatLeaveTheRepository() {
        assertThatThrownBy(() -> read("[{\"id\": \"a\", \"files\": [\"../b\"]}]"))
                .isInstanceOf(MisuseException.class)
                .hasMessageContaining("task 0: ")
                .hasMessageContaining("../b");
    }

    @Test
    void saysThatThereIsNoFile() {
        Path missing = folder.resolve("missing.json");

        assertThatThrownBy(() -> TaskFile.read(missing))
                .isInstanceOf(MisuseException.class)
                .hasMessage("--tasks " + missing + ": there is no such file; name a JSON file");
    }

    private Task one(String json) throws IOException {
        List<Task> tasks = read("[" + json + "]");
        assertThat(tasks).hasSize(1);
        return tasks.get(0);
    }

    private List<Task> read(String json) throws IOException {
        return TaskFile.read(Files.writeString(folder.resolve("tasks.json"), json));
    }
}
