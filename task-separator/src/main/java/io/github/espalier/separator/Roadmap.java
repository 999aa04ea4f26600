package io.github.espalier.separator;

import io.github.espalier.separator.internal.RoadmapReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A roadmap with one section a piece of work: {@code ## PRIORITY 23: US-108 - title 📝 Planned}. The status stands in the
 * heading or in a line {@code **Status**: 📝 Planned} below it.
 *
 * @param file the roadmap
 * @param entries its sections, in their order
 */
public record Roadmap(Path file, List<Entry> entries) {
    /**
     * Copies the list.
     *
     * @param file as for the record
     * @param entries as for the record
     */
    public Roadmap {
        entries = List.copyOf(entries);
    }

    /** How far a piece of work is. */
    public enum Status {
        /** Not begun. */
        PLANNED,
        /** Somebody is at it. */
        IN_PROGRESS,
        /** Done. */
        COMPLETE,
        /** It cannot go on. */
        BLOCKED,
        /** The section does not say. */
        UNKNOWN
    }

    /**
     * One section.
     *
     * @param priority the number behind {@code PRIORITY}; lower goes first
     * @param story the story's id as it is written, for example {@code US-108}
     * @param title the heading's text without number, id and status
     * @param status how far it is
     * @param task what is to be done: the specification that the section links or that has the story's id, else the section
     */
    public record Entry(int priority, Optional<String> story, String title, Status status, Task task) {}

    /**
     * Reads a roadmap.
     *
     * @param file the roadmap
     * @param specs where the specifications are; a link in a section counts more
     * @return the roadmap
     * @throws SpecException if it cannot be read, has no such section, or links a specification that is not there
     */
    public static Roadmap read(Path file, SpecDirectory specs) {
        return RoadmapReader.read(file, Optional.of(specs));
    }

    /**
     * Reads a roadmap whose sections link their specifications or are them.
     *
     * @param file the roadmap
     * @return the roadmap
     * @throws SpecException as for {@link #read(Path, SpecDirectory)}
     */
    public static Roadmap read(Path file) {
        return RoadmapReader.read(file, Optional.empty());
    }

    /**
     * The work that is planned.
     *
     * @return its tasks, in the roadmap's order
     */
    public List<Task> planned() {
        return entries.stream()
                .filter(entry -> entry.status() == Status.PLANNED)
                .map(Entry::task)
                .toList();
    }
}
