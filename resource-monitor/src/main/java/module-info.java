/** Is there room on this machine for one more process? Usable alone. */
@org.jspecify.annotations.NullMarked
module io.github.espalier.resources {
    requires static transitive org.jspecify;
    requires org.slf4j;
    requires com.github.oshi;

    exports io.github.espalier.resources;
}
