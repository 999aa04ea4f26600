package io.github.espalier.resources.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Pressure stall information of Linux.
 *
 * @see <a href="https://docs.kernel.org/accounting/psi.html">PSI</a>
 */
final class PressureStall {
    private static final Pattern FULL = Pattern.compile("(?m)^full avg10=([0-9.]+)");

    private final Path file;

    /**
     * @param root the file system's root, {@code /} but for tests
     */
    PressureStall(Path root) {
        file = root.resolve("proc/pressure/memory");
    }

    /** Percent of the last ten seconds in which all processes stood still for memory; empty: the kernel does not say. */
    OptionalDouble memory() {
        try {
            if (!Files.isReadable(file)) {
                return OptionalDouble.empty();
            }
            Matcher matcher = FULL.matcher(Files.readString(file));
            return matcher.find() ? OptionalDouble.of(Double.parseDouble(matcher.group(1))) : OptionalDouble.empty();
        } catch (IOException e) {
            return OptionalDouble.empty(); // some kernels have the file and refuse to read it
        }
    }
}
