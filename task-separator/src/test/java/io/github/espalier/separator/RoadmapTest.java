package io.github.espalier.separator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoadmapTest {
    @TempDir
    Path folder;

    private Path roadmap(String text) throws IOException {
        return Files.writeString(folder.resolve("ROADMAP.md"), text);
    }

    @Test
    void yieldsWhatIsPlannedWithItsSpecs() throws IOException {
        Path specs = Files.createDirectory(folder.resolve("specs"));
        Files.writeString(specs.resolve("US-108-land.md"), "# Land\n\n```espalier\nfiles: a.txt\n```\n");
        Files.writeString(folder.resolve("linked.md"), "# Linked\n\nTouch `b.txt`.\n");
        Path file = roadmap("""
                # Roadmap

                ## PRIORITY 22: US-107 - done already ✅ Complete

                ## PRIORITY 23: US-108 - land branches 📝 Planned

                Some words.

                ### PRIORITY 24: US-109 - linked spec 📝 Planned

                See [the spec](linked.md#top).

                ## PRIORITY 25: US-110 - being done 🔄 In Progress
                ## PRIORITY 26: US-111 - stuck ⛔ Blocked
                ## PRIORITY 27: no story 📝

                Change `c.txt` here.

                ## Appendix
                """);

        Roadmap roadmap = Roadmap.read(file, SpecDirectory.of(specs));

        assertThat(roadmap.planned())
                .extracting(Task::id, Task::title, Task::priority)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("us-108", "land branches", 23),
                        org.assertj.core.groups.Tuple.tuple("us-109", "linked spec", 24),
                        org.assertj.core.groups.Tuple.tuple("priority-27", "no story", 27));
        assertThat(roadmap.planned().get(0).declared())
                .extracting(DeclaredPath::path)
                .containsExactly("a.txt");
        assertThat(roadmap.planned().get(1).spec()).contains("b.txt");
        assertThat(roadmap.planned().get(2).spec()).contains("c.txt").doesNotContain("Appendix");
        assertThat(roadmap.entries()).extracting(Roadmap.Entry::status).startsWith(Roadmap.Status.COMPLETE);
    }

    @ParameterizedTest
    @CsvSource({
        "📝 Planned, PLANNED",
        "📝, PLANNED",
        "(planned), PLANNED",
        "🚧 In Progress, IN_PROGRESS",
        "in progress, IN_PROGRESS",
        "✅, COMPLETE",
        "✅ **Complete**, COMPLETE",
        "⏸️ Blocked, BLOCKED",
        "**Blocked**, BLOCKED",
        "of some kind, UNKNOWN"
    })
    void knowsTheWordsAndTheirSigns(String words, Roadmap.Status status) throws IOException {
        Path file = roadmap("## PRIORITY 1: US-1 - a complete title " + words + "\n");

        assertThat(Roadmap.read(file).entries().get(0).status()).isEqualTo(status);
    }

    @Test
    void readsTheStatusBelowTheHeading() throws IOException {
        Path file = roadmap(
                "## PRIORITY 1: US-1 - title\n\n**Status**: 📝 Planned\n\n## PRIORITY 2: x\n- Status: complete\n");

        assertThat(Roadmap.read(file).entries())
                .extracting(Roadmap.Entry::status)
                .containsExactly(Roadmap.Status.PLANNED, Roadmap.Status.COMPLETE);
        assertThat(Roadmap.read(file).entries().get(0).title()).isEqualTo("title");
    }

    @Test
    void refusesALinkedSpecThatIsMissing() throws IOException {
        Path file = roadmap("## PRIORITY 1: US-1 - title 📝 Planned\n\n[spec](gone.md)\n");

        assertThatThrownBy(() -> Roadmap.read(file))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("ROADMAP.md:3")
                .hasMessageContaining("gone.md");
    }

    @Test
    void refusesWhatIsNoRoadmap() throws IOException {
        assertThatThrownBy(() -> Roadmap.read(folder.resolve("none.md"))).isInstanceOf(SpecException.class);
        Path file = roadmap("# Nothing\n");
        assertThatThrownBy(() -> Roadmap.read(file))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("PRIORITY 1: US-1");
    }
}
