package io.github.espalier.resources.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import oshi.hardware.CentralProcessor;
import oshi.hardware.GlobalMemory;

/** What is made of what OSHI and the container say. */
class OshiSamplerTest {
    @TempDir
    Path root;

    private final Map<String, Object> says = new ConcurrentHashMap<>(Map.of(
            "getLogicalProcessorCount",
            4,
            "getTotal",
            1000L,
            "getAvailable",
            600L,
            "getSystemCpuLoadBetweenTicks",
            0.25));

    @BeforeEach
    void ticking() {
        ticks(0);
    }

    private void ticks(long count) {
        says.put("getSystemCpuLoadTicks", new long[] {count});
    }

    private Object said(Object proxy, Method method, Object[] arguments) {
        Object answer = says.get(method.getName());
        if (answer == null) {
            throw new UnsupportedOperationException(method.getName());
        }
        return answer;
    }

    private <T> T saying(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, this::said));
    }

    private OshiSampler sampler() {
        return new OshiSampler(saying(CentralProcessor.class), saying(GlobalMemory.class), root, root);
    }

    private void file(String path, String content) throws Exception {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private void container() throws Exception {
        file("proc/self/cgroup", "0::/\n");
        file("sys/fs/cgroup/cgroup.controllers", "cpu memory\n");
    }

    @Test
    void needsTwoSamplesToTellTheLoad() {
        OshiSampler sampler = sampler();
        assertThat(sampler.sample().cpuPercent()).isEmpty();

        ticks(1);
        assertThat(sampler.sample().cpuPercent()).hasValue(25);
    }

    @Test
    void takesNoTicksForNoReadingNotForAnIdleMachine() {
        OshiSampler sampler = sampler();
        says.put("getSystemCpuLoadBetweenTicks", 0.0);
        sampler.sample();

        assertThat(sampler.sample().cpuPercent()).isEmpty();
        assertThat(sampler.sample().cpuPercent()).isEmpty();
    }

    @Test
    void readsTheMachineWhereThereIsNoContainer() {
        Sample sample = sampler().sample();

        assertThat(sample.cores()).isEqualTo(4);
        assertThat(sample.memoryPercent()).hasValue(40);
        assertThat(sample.memoryAvailableBytes()).hasValue(600);
        assertThat(sample.freeDiskBytes().getAsLong()).isPositive();
        assertThat(sample.memoryPressurePercent()).isEmpty();
    }

    @Test
    void doesNotTakeUnreadableMemoryForFreeMemory() {
        says.put("getTotal", 0L);
        says.put("getAvailable", 0L);

        assertThat(sampler().sample().memoryPercent()).isEmpty();
        assertThat(sampler().sample().memoryAvailableBytes()).isEmpty();
    }

    @Test
    void takesTheTighterOfMachineAndContainer() throws Exception {
        container();
        file("sys/fs/cgroup/memory.max", "500\n");
        file("sys/fs/cgroup/memory.current", "450\n");
        assertThat(sampler().sample().memoryPercent()).hasValue(90);
        assertThat(sampler().sample().memoryAvailableBytes()).hasValue(50);

        file("sys/fs/cgroup/memory.current", "100\n");
        assertThat(sampler().sample().memoryPercent()).hasValue(40);
        assertThat(sampler().sample().memoryAvailableBytes()).hasValue(400);
    }

    @Test
    void countsOnlyTheCoresThatTheContainerMayUse() throws Exception {
        container();
        file("sys/fs/cgroup/cpu.max", "150000 100000\n");
        assertThat(sampler().sample().cores()).isEqualTo(1.5);

        file("sys/fs/cgroup/cpu.max", "1600000 100000\n");
        assertThat(sampler().sample().cores()).as("a quota over what there is").isEqualTo(4);
    }

    @Test
    void isFullWhenTheContainersQuotaIsUsedUpOnAnIdleMachine() throws Exception {
        container();
        file("sys/fs/cgroup/cpu.max", "50000 100000\n");
        file("sys/fs/cgroup/cpu.stat", "usage_usec 0\n");
        OshiSampler sampler = sampler();
        sampler.sample();

        file("sys/fs/cgroup/cpu.stat", "usage_usec 3600000000\n"); // an hour's worth since just now
        ticks(1);

        assertThat(sampler.sample().cpuPercent()).hasValue(100);
    }

    @Test
    void saysNothingOfADiskThatIsGone() {
        OshiSampler sampler = new OshiSampler(
                saying(CentralProcessor.class), saying(GlobalMemory.class), root, root.resolve("missing"));

        assertThat(sampler.sample().freeDiskBytes()).isEmpty();
    }
}
