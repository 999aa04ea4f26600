package io.github.espalier.resources.internal;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;
import oshi.hardware.GlobalMemory;
import oshi.hardware.HardwareAbstractionLayer;

/** Reads this machine with OSHI, and the container around this process. Making one takes up to half a second. */
public final class OshiSampler implements Sampler {
    private final CentralProcessor processor;
    private final GlobalMemory memory;
    private final ControlGroup group;
    private final GroupLoad groupLoad = new GroupLoad();
    private final PressureStall pressure;
    private final Path directory;
    private Optional<FileStore> store = Optional.empty();
    private long[] ticks = {};

    public OshiSampler(Path directory) {
        this(new SystemInfo().getHardware(), directory);
    }

    private OshiSampler(HardwareAbstractionLayer hardware, Path directory) {
        this(hardware.getProcessor(), hardware.getMemory(), Path.of("/"), directory);
    }

    /**
     * @param root the file system's root, {@code /} but for tests
     * @param directory whose file system's free space counts
     */
    OshiSampler(CentralProcessor processor, GlobalMemory memory, Path root, Path directory) {
        this.processor = processor;
        this.memory = memory;
        this.directory = directory;
        group = new ControlGroup(root);
        pressure = new PressureStall(root, group.own());
    }

    @Override
    public Sample sample() {
        List<ControlGroup.Processors> limited = group.processors();
        double cores = limited.stream()
                .mapToDouble(ControlGroup.Processors::cores)
                .reduce(processor.getLogicalProcessorCount(), Math::min);
        List<ControlGroup.Memory> groups = group.memory();
        long total = memory.getTotal();
        long available = memory.getAvailable();
        boolean known = total > 0;
        double used = 100.0 * (total - available) / Math.max(1, total);
        return new Sample(
                load(limited),
                DoubleStream.concat(
                                known ? DoubleStream.of(used) : DoubleStream.empty(),
                                groups.stream().mapToDouble(ControlGroup.Memory::percent))
                        .max(),
                LongStream.concat(
                                known ? LongStream.of(available) : LongStream.empty(),
                                groups.stream().mapToLong(ControlGroup.Memory::available))
                        .min(),
                freeDisk(),
                pressure.memory(),
                cores);
    }

    private OptionalDouble load(List<ControlGroup.Processors> limited) {
        long[] before = ticks;
        long[] after = processor.getSystemCpuLoadTicks();
        if (Arrays.equals(before, after)) {
            return OptionalDouble
                    .empty(); // OSHI answers from memory for 300 ms; no ticks are no reading, not an idle machine
        }
        ticks = after;
        OptionalDouble ofGroup = groupLoad.percent(limited, System.nanoTime());
        return before.length == 0
                ? OptionalDouble.empty()
                : DoubleStream.concat(
                                DoubleStream.of(100 * processor.getSystemCpuLoadBetweenTicks(before, after)),
                                ofGroup.stream())
                        .max();
    }

    private OptionalLong freeDisk() {
        try {
            if (store.isEmpty()) { // to find it takes a fifth of the time of all readings
                store = Optional.of(Files.getFileStore(directory));
            }
            return OptionalLong.of(store.get().getUsableSpace());
        } catch (IOException e) {
            store = Optional.empty();
            return OptionalLong.empty();
        }
    }
}
