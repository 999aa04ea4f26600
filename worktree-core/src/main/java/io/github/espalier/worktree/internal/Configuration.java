package io.github.espalier.worktree.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Git's configuration of a repository at one moment, with what it included then. Text is Latin-1 here, so that every
 * character is a byte. Immutable.
 *
 * @param user what holds for all repositories, in git's order
 * @param repository what holds for this one, in git's order; wins
 */
record Configuration(List<Setting> user, List<Setting> repository) {
    /** Where it is said what programs are to run; git runs them by a shell. */
    private static final Pattern PROGRAM = Pattern.compile("filter\\..*\\.(clean|smudge|process)|merge\\..*\\.driver");

    /** What is said by other means, or was done when the configuration was read. */
    private static final Pattern DROPPED =
            Pattern.compile("include\\.path|includeif\\..*|core\\.(bare|worktree)|extensions\\.worktreeconfig");

    /** What the main worktree alone may have said for itself. */
    private static final Pattern SPARSE = Pattern.compile("core\\.sparsecheckout(cone)?|index\\.sparse");

    Configuration {
        user = List.copyOf(user);
        repository = List.copyOf(repository);
    }

    /**
     * One line of it.
     *
     * @param key section, subsection if any, and name, with dots
     * @param value the value; empty: git takes a key without one for true
     */
    record Setting(String key, Optional<String> value) {
        static Setting of(String key, String value) {
            return new Setting(key, Optional.of(value));
        }

        String section() {
            return key.substring(0, key.indexOf('.'));
        }

        /** Between the first dot and the last. */
        Optional<String> subsection() {
            int start = key.indexOf('.') + 1;
            int end = key.lastIndexOf('.');
            return start <= end ? Optional.of(key.substring(start, end)) : Optional.empty();
        }

        String name() {
            return key.substring(key.lastIndexOf('.') + 1);
        }
    }

    /** The command that {@link #of} understands. */
    static GitCommand listing(Git git) {
        return git.command("config", "--list", "--show-scope", "-z");
    }

    /** What git lists. */
    static Configuration of(GitResult listing) {
        List<Setting> user = new ArrayList<>();
        List<Setting> repository = new ArrayList<>();
        String[] fields = RescueRoom.raw(listing).split("\0", 0);
        for (int i = 0; i + 1 < fields.length; i += 2) {
            String scope = fields[i];
            Setting setting = setting(fields[i + 1]);
            boolean own = scope.equals("worktree");
            if (DROPPED.matcher(setting.key()).matches()
                    || (own && SPARSE.matcher(setting.key()).matches())) {
                continue;
            }
            if (own || scope.equals("local")) {
                repository.add(setting);
            } else if (!scope.equals("command")) {
                user.add(setting);
            }
        }
        return new Configuration(user, repository);
    }

    /** How {@code git config -z} prints one. */
    static Setting setting(String entry) {
        int end = entry.indexOf('\n');
        return end < 0
                ? new Setting(entry, Optional.empty())
                : Setting.of(entry.substring(0, end), entry.substring(end + 1));
    }

    Stream<Setting> all() {
        return Stream.concat(user.stream(), repository.stream());
    }

    /** The same with more settings, which win. */
    Configuration with(List<Setting> more) {
        return new Configuration(
                user, Stream.concat(repository.stream(), more.stream()).toList());
    }

    /** The same but for some. */
    Configuration without(Predicate<Setting> which) {
        return new Configuration(
                user.stream().filter(which.negate()).toList(),
                repository.stream().filter(which.negate()).toList());
    }

    /**
     * A configuration file.
     *
     * @param programPrefix shell text that goes before each program that git is to run
     */
    static String text(List<Setting> settings, String programPrefix) {
        StringBuilder text = new StringBuilder();
        for (Setting setting : settings) {
            text.append('[').append(setting.section());
            setting.subsection()
                    .ifPresent(name -> text.append(" \"")
                            .append(name.replace("\\", "\\\\").replace("\"", "\\\""))
                            .append('"'));
            text.append("]\n\t").append(setting.name());
            setting.value().ifPresent(value -> {
                boolean program =
                        !value.isBlank() && PROGRAM.matcher(setting.key()).matches();
                text.append(" = \"")
                        .append(quoted(program ? programPrefix + value : value))
                        .append('"');
            });
            text.append('\n');
        }
        return text.toString();
    }

    private static String quoted(String value) {
        return value.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\n", "\\n")
                .replace("\t", "\\t")
                .replace("\b", "\\b");
    }
}
