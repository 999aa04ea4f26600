/** The command line, the benchmarks, and one runnable {@code main} a feature. */
@org.jspecify.annotations.NullMarked
module io.github.espalier.examples {
    requires static org.jspecify;
    requires java.compiler;
    requires java.management;
    requires io.github.espalier.coordinator;
    requires info.picocli;
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.databind;

    exports io.github.espalier.examples.features;

    opens io.github.espalier.examples.cli to
            info.picocli;
}
