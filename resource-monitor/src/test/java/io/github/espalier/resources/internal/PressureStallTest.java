package io.github.espalier.resources.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pressure as the kernel words it. */
class PressureStallTest {
    @TempDir
    Path root;

    private static void write(Path file, String full) throws Exception {
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                "some avg10=55.00 avg60=1.00 avg300=0.00 total=9\nfull avg10=" + full
                        + " avg60=2.00 avg300=0.00 total=5\n");
    }

    @Test
    void isEmptyWhereTheKernelDoesNotSay() throws Exception {
        assertThat(new PressureStall(root, Optional.empty()).memory()).isEmpty();

        Files.createDirectories(root.resolve("proc/pressure"));
        Files.writeString(root.resolve("proc/pressure/memory"), "");
        assertThat(new PressureStall(root, Optional.of(root.resolve("none"))).memory())
                .isEmpty();
    }

    @Test
    void readsTheFullLineOfMemory() throws Exception {
        write(root.resolve("proc/pressure/memory"), "12.34");

        assertThat(new PressureStall(root, Optional.empty()).memory()).hasValue(12.34);
    }

    @Test
    void takesTheGreaterOfMachineAndGroup() throws Exception {
        write(root.resolve("proc/pressure/memory"), "0.00");
        write(root.resolve("group/memory.pressure"), "40.00");

        assertThat(new PressureStall(root, Optional.of(root.resolve("group"))).memory())
                .hasValue(40);
    }
}
