/**
 * One runnable {@code main} a feature, each on a small repository of its own that goes again at the end. From the fat jar:
 *
 * <pre>{@code
 * java -cp examples/target/espalier.jar io.github.espalier.examples.features.RunThreeTasks
 * }</pre>
 */
package io.github.espalier.examples.features;
