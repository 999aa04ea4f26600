package io.github.espalier.coordinator;

import java.nio.file.Path;

/** Another coordinator is at work on the repository: there is one at a time. */
public final class RepositoryBusyException extends CoordinatorException {
    private static final long serialVersionUID = 1L;

    /** See {@link #repository()}. */
    private final transient Path repository;
    /** See {@link #owner()}. */
    private final String owner;

    /**
     * Creates an exception.
     *
     * @param repository the repository
     * @param owner who is at work, as far as it is known
     */
    public RepositoryBusyException(Path repository, String owner) {
        super(repository + ": another coordinator is at work here (" + owner + "); wait for it, or end it");
        this.repository = repository;
        this.owner = owner;
    }

    /**
     * The repository.
     *
     * @return its common git directory
     */
    public Path repository() {
        return repository;
    }

    /**
     * Who is at work.
     *
     * @return process id, run and start time, as far as known
     */
    public String owner() {
        return owner;
    }
}
