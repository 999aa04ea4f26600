package io.github.espalier.resources.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.espalier.resources.internal.ControlGroup.Memory;
import io.github.espalier.resources.internal.ControlGroup.Processors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Control groups as kernels and container engines lay them out, rebuilt in a folder. */
class ControlGroupTest {
    private static final String V2 = "sys/fs/cgroup/";

    @TempDir
    Path root;

    private void file(String path, String content) {
        try {
            Path file = root.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ControlGroup group() {
        return new ControlGroup(root);
    }

    private void version2(String path) {
        file("proc/self/cgroup", "0::" + path + "\n");
        file(V2 + "cgroup.controllers", "cpu memory\n");
    }

    @Test
    void knowsNothingWhereThereAreNone() {
        assertThat(group().memory()).isEmpty();
        assertThat(group().processors()).isEmpty();
        assertThat(group().own()).isEmpty();
    }

    @Test
    void readsALimitOfVersion2WithoutTheCacheThatCanBeDropped() {
        version2("/app");
        file(V2 + "app/memory.max", "1000\n");
        file(V2 + "app/memory.current", "700\n");
        file(V2 + "app/memory.stat", "anon 300\nfile 400\ninactive_file 250\nactive_file 150\n");

        assertThat(group().memory()).containsExactly(new Memory(1000, 450));
        assertThat(group().memory().get(0).percent()).isEqualTo(45);
        assertThat(group().memory().get(0).available()).isEqualTo(550);
    }

    @Test
    void walksUpToTheGroupsAround() {
        version2("/outer/middle/inner");
        file(V2 + "outer/memory.max", "500\n");
        file(V2 + "outer/memory.current", "490\n");
        file(V2 + "outer/middle/memory.max", "max\n");
        file(V2 + "outer/middle/memory.current", "480\n");
        file(V2 + "outer/middle/inner/memory.max", "1000\n");
        file(V2 + "outer/middle/inner/memory.current", "100\n");

        assertThat(group().memory()).containsExactly(new Memory(1000, 100), new Memory(500, 490));
        assertThat(group().own()).contains(root.resolve(V2 + "outer/middle/inner"));
    }

    @Test
    void takesTheMountItselfWhereTheGroupsPathIsAnotherViews() {
        version2("/docker/0123abc");
        file(V2 + "memory.max", "1000\n");
        file(V2 + "memory.current", "10\n");
        assertThat(group().memory()).containsExactly(new Memory(1000, 10));

        version2("/../../elsewhere");
        assertThat(group().memory()).containsExactly(new Memory(1000, 10));
    }

    @Test
    void readsAQuotaOfVersion2WhereItIsSet() {
        version2("/pod/app");
        file(V2 + "pod/cpu.max", "150000 100000\n");
        file(V2 + "pod/cpu.stat", "usage_usec 4200\nuser_usec 4000\n");
        file(V2 + "pod/app/cpu.max", "max 100000\n");
        file(V2 + "pod/app/cpu.stat", "usage_usec 100\n");

        assertThat(group().processors())
                .containsExactly(new Processors(root.resolve(V2 + "pod"), 1.5, OptionalLong.of(4200)));
    }

    @Test
    void countsTheCoresOfASet() {
        version2("/app");
        file(V2 + "app/cpuset.cpus.effective", "0-2,8\n");
        file(V2 + "app/cpu.stat", "usage_usec 5\n");

        assertThat(group().processors())
                .containsExactly(new Processors(root.resolve(V2 + "app"), 4, OptionalLong.of(5)));
    }

    @Test
    void readsVersion1WithItsControllersApart() {
        file("proc/self/cgroup", "4:memory:/box\n3:cpuset:/\n2:cpu,cpuacct:/box\n1:name=systemd:/\n");
        file(V2 + "memory/box/memory.limit_in_bytes", "2000\n");
        file(V2 + "memory/box/memory.usage_in_bytes", "1500\n");
        file(V2 + "memory/box/memory.stat", "inactive_file 1\ntotal_inactive_file 500\n");
        file(V2 + "memory/memory.limit_in_bytes", "9223372036854771712\n");
        file(V2 + "memory/memory.usage_in_bytes", "99999\n");
        file(V2 + "cpu,cpuacct/box/cpu.cfs_quota_us", "50000\n");
        file(V2 + "cpu,cpuacct/box/cpu.cfs_period_us", "100000\n");
        file(V2 + "cpu,cpuacct/box/cpuacct.usage", "7000000\n");
        file(V2 + "cpu,cpuacct/cpu.cfs_quota_us", "-1\n");
        file(V2 + "cpu,cpuacct/cpu.cfs_period_us", "100000\n");

        assertThat(group().memory()).containsExactly(new Memory(2000, 1000));
        assertThat(group().processors())
                .containsExactly(new Processors(root.resolve(V2 + "cpu,cpuacct/box"), 0.5, OptionalLong.of(7000)));
    }

    @Test
    void readsBothVersionsSideBySide() {
        file("proc/self/cgroup", "2:memory:/job\n0::/job\n");
        file(V2 + "memory/job/memory.limit_in_bytes", "100\n");
        file(V2 + "memory/job/memory.usage_in_bytes", "40\n");
        file(V2 + "unified/job/memory.pressure", "full avg10=1.00 avg60=0.00 avg300=0.00 total=1\n");

        assertThat(group().memory()).containsExactly(new Memory(100, 40));
        assertThat(group().own()).contains(root.resolve(V2 + "unified/job"));
    }

    @Test
    void ignoresWhatItDoesNotUnderstand() {
        version2("/app");
        file(V2 + "app/memory.max", "plenty\n");
        file(V2 + "app/memory.current", "\n");
        file(V2 + "app/cpu.max", "100000\n");
        file(V2 + "app/cpuset.cpus.effective", "\n");

        assertThat(group().memory()).isEmpty();
        assertThat(group().processors()).isEmpty();
    }

    @Test
    void measuresTheShareOfTheQuotaInUse() {
        GroupLoad load = new GroupLoad();
        Path app = Path.of("app");
        Path pod = Path.of("pod");
        assertThat(load.percent(used(app, 0.5, 1_000, pod, 2, 1_000), 0)).isEmpty();

        // In one second the inner group used 0.3 s of half a core, the outer one 0.4 s of two.
        assertThat(load.percent(used(app, 0.5, 301_000, pod, 2, 401_000), 1_000_000_000L))
                .isEqualTo(OptionalDouble.of(60));
        assertThat(load.percent(used(app, 0.5, 301_000, pod, 2, 2_001_000), 2_000_000_000L))
                .isEqualTo(OptionalDouble.of(80));
        assertThat(load.percent(used(app, 0.5, 9_000_000, pod, 2, 2_001_000), 3_000_000_000L))
                .isEqualTo(OptionalDouble.of(100));
        assertThat(load.percent(List.of(), 4_000_000_000L)).isEmpty();
    }

    private static List<Processors> used(Path a, double coresA, long microsA, Path b, double coresB, long microsB) {
        return List.of(
                new Processors(a, coresA, OptionalLong.of(microsA)),
                new Processors(b, coresB, OptionalLong.of(microsB)));
    }
}
