package io.github.espalier.examples.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs all JMH benchmarks and writes what they print to {@code target/jmh.txt}; only in the profile {@code benchmarks}. */
@Isolated("it measures")
@Tag("benchmarks")
class BenchmarksTest {
    @Test
    void runsThemAll() throws RunnerException {
        Options options = new OptionsBuilder()
                .include("io\\.github\\.espalier\\.examples\\.jmh\\..*")
                .output(Path.of("target/jmh.txt").toString())
                .shouldFailOnError(true)
                .build();

        assertThat(new Runner(options).run()).isNotEmpty();
    }
}
