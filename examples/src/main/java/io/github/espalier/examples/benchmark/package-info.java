/**
 * Benchmarks. From the fat jar:
 *
 * <pre>{@code
 * java -cp examples/target/espalier.jar io.github.espalier.examples.benchmark.ThroughputReport
 * }</pre>
 */
package io.github.espalier.examples.benchmark;
