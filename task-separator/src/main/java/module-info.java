/**
 * Which tasks can go side by side on one repository, and why: tasks, footprints, conflicts and the schedule that follows
 * from them. Usable alone.
 */
@org.jspecify.annotations.NullMarked
@SuppressWarnings("module") // the examples are built after this module
module io.github.espalier.separator {
    requires static transitive org.jspecify;
    requires org.slf4j;
    requires org.eclipse.jgit;
    // JGit names neither in a module descriptor of its own, yet its pack and gc code needs both.
    requires com.googlecode.javaewah;
    requires org.apache.commons.codec;

    exports io.github.espalier.separator;
    // The benchmark replays a project's past and fits the weights; neither is for hosts.
    exports io.github.espalier.separator.internal.predict to
            io.github.espalier.examples;
}
