package io.github.espalier.worktree;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RescueMessageTest {
    private static final Instant TIME = Instant.parse("2026-07-26T10:20:31.5Z");

    @TempDir
    Path folder;

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> hostile = Arbitraries.of(
                "",
                " ",
                "x\nEspalier-Run: evil",
                "x\n\nEspalier-Task: a\nEspalier-Run: b\nEspalier-Attempt: 3\nEspalier-Time: " + TIME
                        + "\nEspalier-Reason: z\n",
                "\\u000a",
                "\\\\n\\",
                "a\rb\u0085c\u2028d\0",
                "\ud800",
                "\udc00\ud800",
                "🙂",
                "\tü ");
        return Arbitraries.oneOf(hostile, Arbitraries.strings().ofMaxLength(12));
    }

    @Property(tries = 500)
    void readsWhatWasWrittenWhateverTheTextsHold(
            @ForAll("texts") String task, @ForAll("texts") String run, @ForAll("texts") String reason) {
        RescueMessage message = new RescueMessage(task, run, 7, TIME, reason);
        String stored = new String(message.text().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        assertThat(RescueMessage.parse(stored)).contains(message);
        assertThat(RescueMessage.parse(stored.strip())).contains(message);
        assertThat(stored.split("\n", -1)).hasSize(8);
    }

    @Property(tries = 200)
    void takesNoOtherTextForOurs(@ForAll String text) {
        assertThat(RescueMessage.parse(text)).isEmpty();
        assertThat(RescueMessage.parse("Rescue x\n\n" + text)).isEmpty();
    }

    @Test
    void refusesTrailersThatAreIncompleteMalformedOrNotAtTheEnd() {
        String text = new RescueMessage("t", "r", 1, TIME, "why").text();
        assertThat(RescueMessage.parse(text)).isPresent();
        assertThat(RescueMessage.parse(text.replace("Espalier-Attempt: 1", "Espalier-Attempt: one")))
                .isEmpty();
        assertThat(RescueMessage.parse(text.replace(TIME.toString(), "yesterday")))
                .isEmpty();
        assertThat(RescueMessage.parse(text.replace("Espalier-Run: r\n", ""))).isEmpty();
        assertThat(RescueMessage.parse(text + "\nSigned-off-by: x")).isEmpty();
        assertThat(RescueMessage.parse(text.replace("\n\n", "\n"))).isEmpty();
    }

    @Test
    void isMadeOfTrailersThatGitReads() {
        TestRepository repository = TestRepository.create(folder);
        String text = new RescueMessage("a\nEspalier-Run: evil", "run", 2, TIME, "C:\\x").text();
        repository.git("commit", "-q", "--allow-empty", "-m", text);
        assertThat(repository.git("log", "-1", "--format=%(trailers:only)"))
                .isEqualTo("Espalier-Task: a\\u000aEspalier-Run: evil\nEspalier-Run: run\nEspalier-Attempt: 2\n"
                        + "Espalier-Time: " + TIME + "\nEspalier-Reason: C:\\\\x");
    }
}
