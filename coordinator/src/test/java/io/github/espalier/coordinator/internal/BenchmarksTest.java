package io.github.espalier.coordinator.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs the JMH benchmarks of journal and events and writes what they print to {@code target/jmh.txt}. */
@Isolated("it measures")
@Tag("benchmarks")
class BenchmarksTest {
    @Test
    void runsThoseOfJournalAndEvents() throws RunnerException {
        assertThat(new Runner(new OptionsBuilder()
                                .include(getClass().getPackageName().replace(".", "\\.") + "\\..*Benchmark")
                                .output(Path.of("target/jmh.txt").toString())
                                .shouldFailOnError(true)
                                .build())
                        .run())
                .hasSize(4);
    }
}
