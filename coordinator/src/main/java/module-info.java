/** Runs several coding agents in parallel on one git repository and lands their work. */
@org.jspecify.annotations.NullMarked
module io.github.espalier.coordinator {
    requires static transitive org.jspecify;
    requires transitive io.github.espalier.worktree;
    requires transitive io.github.espalier.separator;
    requires transitive io.github.espalier.resources;
    requires org.slf4j;
    requires com.fasterxml.jackson.core;

    exports io.github.espalier.coordinator;
}
