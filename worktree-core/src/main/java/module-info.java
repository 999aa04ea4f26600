/**
 * Linked worktrees, merges on objects, target branches and rescue: what parallel work on one git repository needs from
 * git. Usable alone.
 */
@org.jspecify.annotations.NullMarked
module io.github.espalier.worktree {
    requires static transitive org.jspecify;
    requires org.slf4j;
    requires org.eclipse.jgit;
    // JGit names neither in a module descriptor of its own, yet its pack and gc code needs both.
    requires com.googlecode.javaewah;
    requires org.apache.commons.codec;

    exports io.github.espalier.worktree;
}
