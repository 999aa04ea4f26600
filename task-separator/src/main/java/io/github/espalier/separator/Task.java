package io.github.espalier.separator;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A piece of work for one agent.
 *
 * <pre>{@code
 * Task task = Task.builder("us-108")
 *     .title("Land branches")
 *     .declare("src/Land.java", "docs/")
 *     .dependsOn("us-107")
 *     .build();
 * }</pre>
 *
 * @param id unique among the tasks of a batch; any text of up to 300 characters without control characters
 * @param title for people; may be empty
 * @param spec what is to be done, in Markdown; may be empty. Paths it names count as touched where none are declared
 * @param specFile the file the text was read from
 * @param declared paths the task will touch; where there are any, they are all
 * @param dependsOn ids of tasks that must land before
 * @param priority lower goes first; {@value #DEFAULT_PRIORITY} unless said otherwise
 * @param effort how long an agent is expected to take
 */
public record Task(
        String id,
        String title,
        String spec,
        Optional<Path> specFile,
        List<DeclaredPath> declared,
        Set<String> dependsOn,
        int priority,
        Optional<Duration> effort) {
    /** The priority of a task that says none. */
    public static final int DEFAULT_PRIORITY = 100;

    private static final int LONGEST_ID = 300;

    /**
     * Checks everything.
     *
     * @param id as for the record
     * @param title as for the record
     * @param spec as for the record
     * @param specFile as for the record
     * @param declared as for the record
     * @param dependsOn as for the record
     * @param priority as for the record
     * @param effort as for the record
     * @throws InvalidTaskException saying all that is wrong
     */
    public Task {
        declared = List.copyOf(declared);
        dependsOn = Collections.unmodifiableSet(new LinkedHashSet<>(dependsOn));
        List<String> problems = new ArrayList<>();
        if (id.isBlank()) {
            problems.add("the id is blank; give one");
        }
        if (id.length() > LONGEST_ID) {
            problems.add("the id has " + id.length() + " characters; " + LONGEST_ID + " are allowed");
        }
        if (id.chars().anyMatch(Character::isISOControl)) {
            problems.add("the id holds control characters; leave them out");
        }
        if (dependsOn.contains(id)) {
            problems.add("it depends on itself; drop that dependency");
        }
        effort.filter(time -> time.isNegative() || time.isZero())
                .ifPresent(time -> problems.add("effort " + time + " must be more than zero"));
        if (!problems.isEmpty()) {
            throw new InvalidTaskException(id, problems);
        }
    }

    /**
     * A builder.
     *
     * @param id the task's id
     * @return the builder
     */
    public static Builder builder(String id) {
        return new Builder(id);
    }

    /** Builds a task. Not thread-safe. */
    public static final class Builder {
        private final String id;
        private final List<DeclaredPath> declared = new ArrayList<>();
        private final Set<String> dependsOn = new LinkedHashSet<>();
        private String title = "";
        private String spec = "";
        private @Nullable Path specFile;
        private int priority = DEFAULT_PRIORITY;
        private @Nullable Duration effort;

        private Builder(String id) {
            this.id = id;
        }

        /**
         * The title.
         *
         * @param text for people
         * @return this
         */
        public Builder title(String text) {
            title = text;
            return this;
        }

        /**
         * What is to be done.
         *
         * @param markdown the specification
         * @return this
         */
        public Builder spec(String markdown) {
            spec = markdown;
            return this;
        }

        /**
         * Where the specification was read from.
         *
         * @param file the file
         * @return this
         */
        public Builder specFile(Path file) {
            specFile = file;
            return this;
        }

        /**
         * Declares paths, as {@link DeclaredPath#parse} reads them.
         *
         * @param paths the declarations
         * @return this
         * @throws InvalidPathException if one is no path in a repository
         */
        public Builder declare(String... paths) {
            for (String path : paths) {
                declared.add(DeclaredPath.parse(path));
            }
            return this;
        }

        /**
         * Declares a path.
         *
         * @param path the path
         * @return this
         */
        public Builder declare(DeclaredPath path) {
            declared.add(path);
            return this;
        }

        /**
         * Tasks that must land before.
         *
         * @param ids their ids
         * @return this
         */
        public Builder dependsOn(String... ids) {
            dependsOn.addAll(List.of(ids));
            return this;
        }

        /**
         * The priority.
         *
         * @param value lower goes first
         * @return this
         */
        public Builder priority(int value) {
            priority = value;
            return this;
        }

        /**
         * How long an agent is expected to take.
         *
         * @param time more than zero
         * @return this
         */
        public Builder effort(Duration time) {
            effort = time;
            return this;
        }

        /**
         * Checks everything and builds.
         *
         * @return the task
         * @throws InvalidTaskException saying all that is wrong
         */
        public Task build() {
            return new Task(
                    id,
                    title,
                    spec,
                    Optional.ofNullable(specFile),
                    declared,
                    dependsOn,
                    priority,
                    Optional.ofNullable(effort));
        }
    }
}
