package io.github.espalier.resources.internal;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Pressure stall information of Linux: of the machine, and of the control group, which can stall alone.
 *
 * <p>Of what it tells, only memory's {@code full} line is a reason not to start: the share of time in which every process
 * that had work waited for memory. The processor's {@code some} is high whenever there are more runnable threads than cores,
 * which on two cores is the wanted state. The disk's {@code full} comes near 100 % when the one busy process checks out or
 * packs a repository, that is, at each start: it would starve what it should protect.
 *
 * @see <a href="https://docs.kernel.org/accounting/psi.html">PSI</a>
 */
final class PressureStall {
    private static final Pattern FULL = Pattern.compile("full avg10=([0-9]+(?:\\.[0-9]+)?) .*");

    private final List<Path> files;

    /**
     * @param root the file system's root, {@code /} but for tests
     * @param group this process's control group
     */
    PressureStall(Path root, Optional<Path> group) {
        files = Stream.concat(
                        Stream.of(root.resolve("proc/pressure/memory")),
                        group.stream().map(directory -> directory.resolve("memory.pressure")))
                .toList();
    }

    /** Percent of the last ten seconds, the greater of machine and group; empty: the kernel does not say. */
    OptionalDouble memory() {
        return files.stream()
                .flatMap(file -> KernelFiles.lines(file).stream())
                .map(FULL::matcher)
                .filter(Matcher::matches)
                .mapToDouble(matcher -> Double.parseDouble(matcher.group(1)))
                .max();
    }
}
