package io.github.espalier.separator.internal;

import io.github.espalier.separator.SeparationException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/** Opens repositories to read in them. */
public final class Repositories {
    /** What makes a partial clone whole. */
    public static final String REFETCH = "git fetch --refetch --no-filter";

    private Repositories() {}

    /** What is read of a commit. */
    @FunctionalInterface
    public interface Reading<T> {
        T read(Repository repository, ObjectId commit) throws IOException;
    }

    /** Where what was read of a repository is kept for the next time. */
    public static Path cache(Repository repository) {
        return repository.getCommonDirectory().toPath().resolve("espalier").resolve("cache");
    }

    /** Opens, resolves, reads and closes; whatever goes wrong says which repository and revision it was about. */
    public static <T> T read(Path directory, String revision, Reading<T> reading) {
        return read(directory, revision, reading, Optional.empty());
    }

    /** The same, with an answer for a repository in which nothing was committed yet. */
    public static <T> T read(Path directory, String revision, Reading<T> reading, Supplier<T> nothing) {
        return read(directory, revision, reading, Optional.of(nothing));
    }

    private static boolean isMissing(Exception e) {
        return e instanceof MissingObjectException || e.getCause() instanceof MissingObjectException;
    }

    private static <T> T read(Path directory, String revision, Reading<T> reading, Optional<Supplier<T>> nothing) {
        FileRepositoryBuilder builder = new FileRepositoryBuilder()
                .setMustExist(true)
                .findGitDir(directory.toAbsolutePath().toFile());
        if (builder.getGitDir() == null) {
            builder.setGitDir(directory.toAbsolutePath().toFile()); // a bare repository
        }
        try (Repository repository = builder.build()) {
            ObjectId commit = repository.resolve(revision + "^{commit}");
            if (commit == null
                    && nothing.isPresent()
                    && repository
                            .getRefDatabase()
                            .getRefsByPrefix(Constants.R_REFS)
                            .isEmpty()) {
                return nothing.get().get();
            } else if (commit == null) {
                throw new SeparationException(
                        "revision \"" + revision + "\" is not in " + directory + "; name a commit or branch that is");
            }
            return reading.read(repository, commit);
        } catch (IOException | RuntimeException e) {
            if (e instanceof SeparationException known) {
                throw known;
            }
            String remedy = isMissing(e)
                    ? "the clone is partial or damaged: " + REFETCH + " brings what is missing in a partial one"
                    : "name a folder in a git repository and a commit in it";
            throw new SeparationException(
                    directory + ": revision \"" + revision + "\" cannot be read there (" + e.getMessage() + "); "
                            + remedy,
                    e);
        }
    }
}
