package io.github.espalier.separator.internal;

import io.github.espalier.separator.Roadmap;
import io.github.espalier.separator.Roadmap.Entry;
import io.github.espalier.separator.Roadmap.Status;
import io.github.espalier.separator.SpecDirectory;
import io.github.espalier.separator.SpecException;
import io.github.espalier.separator.Task;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads roadmaps. */
public final class RoadmapReader {
    private static final Pattern HEADING =
            Pattern.compile("(?i)^(#{2,4})\\s+PRIORITY\\s+(\\d+)(?:\\.\\d+)?\\s*:\\s*(.*?)\\s*#*\\s*$");
    private static final Pattern STORY = Pattern.compile("^\\**([A-Z][A-Z0-9]*-\\d+)\\**\\s*(?:[-–—:]\\s*)?(.*)$");
    private static final Pattern ANY_HEADING = Pattern.compile("^(#{1,6})\\s.*");
    private static final Pattern STATUS_LINE = Pattern.compile("(?i)^\\W*status\\W*\\s*:?\\W*(.*)$");
    private static final Pattern LINK = Pattern.compile("\\]\\(<?([^)>\\s#]+\\.md)(?:#[^)>\\s]*)?>?[^)]*\\)");
    private static final Map<Status, Pattern> STATUSES = statuses();

    private RoadmapReader() {}

    private static Map<Status, Pattern> statuses() {
        Map<Status, Pattern> statuses = new LinkedHashMap<>();
        statuses.put(Status.COMPLETE, status("✅|☑️?|✔️?", "complete|completed|done|landed|shipped|merged"));
        statuses.put(Status.IN_PROGRESS, status("🔄|🚧|🏗️?|⏳|🔨|🟡", "in[ -]progress|started|ongoing|wip"));
        statuses.put(Status.BLOCKED, status("⏸️?|🚫|⛔|❌|🛑|🔴", "blocked|on[ -]hold|paused|cancelled|deferred"));
        statuses.put(Status.PLANNED, status("📝|📋|🗓️?|📅|🆕|⬜", "planned|todo|to[ -]do|open|ready|backlog"));
        return statuses;
    }

    /** At the end of a heading, or all of a status line: an emoji, words, or both. */
    private static Pattern status(String emoji, String words) {
        return Pattern.compile("(?iu)(?:\\s|^|[(\\[*-])(?:(?:" + emoji + ")\\s*\\**(?:" + words + ")?|\\**(?:" + words
                + "))\\**[)\\]]?[\\s.]*$");
    }

    /** One section while it is read. */
    private record Section(int priority, int line, String heading, List<String> lines) {}

    public static Roadmap read(Path file, Optional<SpecDirectory> specs) {
        if (!Files.isRegularFile(file)) {
            throw new SpecException(file, 0, "is no file; name the roadmap");
        }
        List<Section> sections = sections(SpecFile.text(file));
        if (sections.isEmpty()) {
            throw new SpecException(
                    file,
                    0,
                    "has no section like \"## PRIORITY 1: US-1 - title 📝 Planned\"; write one a piece of work");
        }
        Map<String, Task> known = new LinkedHashMap<>();
        specs.ifPresent(directory -> directory.tasks().forEach(task -> known.put(task.id(), task)));
        return new Roadmap(
                file,
                sections.stream().map(section -> entry(file, section, known)).toList());
    }

    private static List<Section> sections(String text) {
        List<Section> sections = new ArrayList<>();
        int number = 0;
        int depth = 0;
        boolean open = false;
        for (String line : text.lines().toList()) {
            number++;
            Matcher heading = HEADING.matcher(line);
            Matcher any = ANY_HEADING.matcher(line);
            if (heading.matches()) {
                depth = heading.group(1).length();
                open = true;
                sections.add(
                        new Section(Integer.parseInt(heading.group(2)), number, heading.group(3), new ArrayList<>()));
            } else if (any.matches() && any.group(1).length() <= depth) {
                open = false;
            } else if (open) {
                sections.get(sections.size() - 1).lines().add(line);
            }
        }
        return sections;
    }

    private static Entry entry(Path file, Section section, Map<String, Task> known) {
        Status status = Status.UNKNOWN;
        String rest = section.heading();
        for (Map.Entry<Status, Pattern> candidate : STATUSES.entrySet()) {
            Matcher matcher = candidate.getValue().matcher(rest);
            if (status == Status.UNKNOWN && matcher.find()) {
                status = candidate.getKey();
                rest = rest.substring(0, matcher.start());
            }
        }
        if (status == Status.UNKNOWN) {
            status = statusBelow(section.lines());
        }
        Matcher story = STORY.matcher(rest.strip());
        boolean named = story.matches();
        String title =
                (named ? story.group(2) : rest).replaceAll("[\\s–—-]+$", "").strip();
        Optional<String> id = named ? Optional.of(story.group(1)) : Optional.empty();
        return new Entry(section.priority(), id, title, status, task(file, section, id, title, known));
    }

    private static Status statusBelow(List<String> lines) {
        for (String line : lines) {
            Matcher matcher = STATUS_LINE.matcher(line);
            if (matcher.matches()) {
                String value =
                        " " + line.substring(line.toLowerCase(Locale.ROOT).indexOf("status") + 6);
                for (Map.Entry<Status, Pattern> candidate : STATUSES.entrySet()) {
                    if (candidate.getValue().matcher(value).find()) {
                        return candidate.getKey();
                    }
                }
            }
        }
        return Status.UNKNOWN;
    }

    private static Task task(
            Path file, Section section, Optional<String> story, String title, Map<String, Task> known) {
        String id = story.map(SpecFile::id).orElse("priority-" + section.priority());
        Optional<Task> spec = linked(file, section, id).or(() -> Optional.ofNullable(known.get(id)));
        String text = section.heading() + "\n\n" + String.join("\n", section.lines()) + "\n";
        Task.Builder task = Task.builder(id)
                .title(title.isEmpty() ? spec.map(Task::title).orElse(id) : title)
                .spec(spec.map(Task::spec).orElse(text));
        spec.flatMap(Task::specFile).ifPresent(task::specFile);
        spec.ifPresent(found -> {
            found.declared().forEach(task::declare);
            task.dependsOn(found.dependsOn().toArray(String[]::new));
            found.effort().ifPresent(task::effort);
        });
        boolean own = spec.isPresent() && spec.get().priority() != Task.DEFAULT_PRIORITY;
        return task.priority(own ? spec.orElseThrow().priority() : section.priority())
                .build();
    }

    /** The first Markdown file that the section links; one that is not there is an error. */
    private static Optional<Task> linked(Path file, Section section, String id) {
        for (int i = 0; i < section.lines().size(); i++) {
            Matcher link = LINK.matcher(section.lines().get(i));
            if (link.find() && !link.group(1).contains("://")) {
                Path spec = file.toAbsolutePath()
                        .resolveSibling(link.group(1).replace("%20", " "))
                        .normalize();
                if (!Files.isRegularFile(spec)) {
                    throw new SpecException(
                            file,
                            section.line() + i + 1,
                            "links " + link.group(1) + ", which is not there; correct the link");
                }
                return Optional.of(SpecFile.read(spec, id));
            }
        }
        return Optional.empty();
    }
}
