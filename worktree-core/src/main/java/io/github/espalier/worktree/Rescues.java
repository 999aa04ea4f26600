package io.github.espalier.worktree;

import io.github.espalier.worktree.internal.GitRescues;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * The rescues that a repository holds below {@value #PREFIX}: lists them, gives them back as branches, and deletes those
 * that nobody needs any more.
 *
 * <pre>{@code
 * Rescues rescues = Rescues.of(repository);
 * for (RescuedWork work : rescues.list()) {
 *     System.out.println(work.id() + " " + work.ref() + " " + rescues.files(work));
 * }
 * rescues.restore("3f2a9c1d07", "salvaged");
 * }</pre>
 *
 * <p>A rescue is never deleted by itself: not by age, not by number, not when its work has landed. {@link #prune} is the
 * only thing in this library that ever deletes one.
 */
public interface Rescues {
    /** Where rescues are kept. */
    String PREFIX = "refs/espalier/rescue/";

    /**
     * The rescues of a repository. Thread-safe; every call asks git anew.
     *
     * @param repository the repository
     * @return its rescues
     */
    static Rescues of(GitRepository repository) {
        return new GitRescues(repository);
    }

    /**
     * All rescues, also those whose commits say nothing that we understand.
     *
     * @return newest first, those of unknown time last
     */
    List<RescuedWork> list();

    /**
     * One rescue.
     *
     * @param id as {@link #list} has it; or any beginning of the commit's id from four digits on; or the ref, with or
     *     without {@value #PREFIX}
     * @return the rescue
     * @throws UnknownRescueException if it names none, or more than one
     */
    RescuedWork find(String id);

    /**
     * What a rescue changes.
     *
     * @param work the rescue
     * @return the files that differ from its base, in order of paths; all of them if it has none
     * @throws GitCommandException if its commit cannot be read
     */
    List<RescuedFile> files(RescuedWork work);

    /**
     * Makes a new branch that holds exactly the rescued files. The branch is at the rescue's own commit, so that whatever else
     * it carries (what was staged, commits of a detached HEAD, both sides of an unfinished merge) is in the branch's history,
     * and stays when the rescue is pruned. No checkout is touched; the rescue stays.
     *
     * <p>Files are kept byte for byte as they lay in the worktree. Checking the branch out converts them as the repository's
     * attributes and configuration say, like any other commit's.
     *
     * @param id as for {@link #find}
     * @param branch the branch to make, without {@code refs/heads/}
     * @return the rescue
     * @throws InvalidNameException if git would not take the branch's name
     * @throws UnknownRescueException if the id names no rescue, or more than one
     * @throws BranchExistsException if there is such a branch; it is where it was
     * @throws WorktreeException if the rescue's commit cannot be read
     */
    RescuedWork restore(String id, String branch);

    /**
     * Deletes the named rescues, all or none. This and {@link #pruneBefore} are the only things that ever delete a rescue. Until
     * git collects its garbage, {@code git update-ref REF COMMIT} brings one back.
     *
     * @param ids as for {@link #find}
     * @return what was deleted
     * @throws UnknownRescueException if an id names no rescue, or more than one; nothing was deleted
     * @throws GitCommandException if git fails, for example because a ref has moved; nothing was deleted
     */
    List<RescuedWork> prune(Collection<String> ids);

    /**
     * Deletes the rescues made before a time, all or none. One of unknown time is kept. This and {@link #prune} are the only
     * things that ever delete a rescue.
     *
     * @param time older ones go
     * @return what was deleted
     * @throws GitCommandException if git fails; nothing was deleted
     */
    List<RescuedWork> pruneBefore(Instant time);
}
