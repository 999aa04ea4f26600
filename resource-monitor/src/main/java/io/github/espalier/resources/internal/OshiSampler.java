package io.github.espalier.resources.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;
import oshi.hardware.GlobalMemory;
import oshi.hardware.HardwareAbstractionLayer;

/** Reads this machine with OSHI, and the container around this process. Its first use takes half a second. */
public final class OshiSampler implements Sampler {
    private final CentralProcessor processor;
    private final GlobalMemory memory;
    private final ControlGroup group;
    private final PressureStall pressure;
    private final Path directory;
    private long[] ticks = {};
    private OptionalLong groupMicros = OptionalLong.empty();
    private long sampledAt;

    public OshiSampler(Path directory) {
        HardwareAbstractionLayer hardware = new SystemInfo().getHardware();
        processor = hardware.getProcessor();
        memory = hardware.getMemory();
        Path root = Path.of("/");
        group = new ControlGroup(root);
        pressure = new PressureStall(root);
        this.directory = directory;
    }

    @Override
    public Sample sample() {
        double cores = group.cores().orElse(processor.getLogicalProcessorCount());
        long now = System.nanoTime();
        OptionalDouble ofMachine = machineLoad();
        OptionalDouble ofGroup = groupLoad(cores, now);
        sampledAt = now;
        Optional<ControlGroup.Memory> limited = group.memory();
        long total = memory.getTotal();
        long available = memory.getAvailable();
        OptionalDouble used =
                total > 0 ? OptionalDouble.of(100.0 * (total - available) / total) : OptionalDouble.empty();
        OptionalDouble tightest = DoubleStream.concat(
                        used.stream(), limited.stream().mapToDouble(ControlGroup.Memory::percent))
                .max();
        OptionalLong least = LongStream.concat(
                        total > 0 ? LongStream.of(available) : LongStream.empty(),
                        limited.stream().mapToLong(ControlGroup.Memory::available))
                .min();
        return new Sample(
                DoubleStream.concat(ofMachine.stream(), ofGroup.stream()).max(),
                tightest,
                least,
                freeDisk(),
                pressure.memory(),
                cores);
    }

    private OptionalDouble machineLoad() {
        long[] before = ticks;
        ticks = processor.getSystemCpuLoadTicks();
        return before.length == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(100 * processor.getSystemCpuLoadBetweenTicks(before, ticks));
    }

    /** Where a quota holds, the group can be at its end while the machine idles. */
    private OptionalDouble groupLoad(double cores, long now) {
        OptionalLong before = groupMicros;
        groupMicros = group.cores().isPresent() ? group.processorMicros() : OptionalLong.empty();
        if (before.isEmpty() || groupMicros.isEmpty() || now <= sampledAt) {
            return OptionalDouble.empty();
        }
        double micros = groupMicros.getAsLong() - before.getAsLong();
        return OptionalDouble.of(Math.min(100, 100 * micros / ((now - sampledAt) / 1000.0 * cores)));
    }

    private OptionalLong freeDisk() {
        try {
            return OptionalLong.of(Files.getFileStore(directory).getUsableSpace());
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
