package io.github.espalier.separator;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Why a path is in a footprint. */
public sealed interface Evidence {
    /**
     * The evidence in a few words.
     *
     * @return for example {@code named in the spec, line 12}
     */
    String describe();

    /**
     * The task says so.
     *
     * @param declaration what it declares
     */
    record Declared(DeclaredPath declaration) implements Evidence {
        @Override
        public String describe() {
            String kind = declaration.kind().name().toLowerCase(Locale.ROOT);
            return "declared (" + kind
                    + declaration.region().map(part -> ", " + part).orElse("") + ")";
        }
    }

    /**
     * The specification's text names it.
     *
     * @param text the words that name it
     * @param line the line, from 1
     */
    record NamedInSpec(String text, int line) implements Evidence {
        @Override
        public String describe() {
            return "named in the spec, line " + line + ": " + text;
        }
    }

    /**
     * It was seen in the worktree of the task's agent.
     *
     * @param path the path
     */
    record Seen(String path) implements Evidence {
        @Override
        public String describe() {
            return "changed by its agent";
        }
    }

    /**
     * Past changes whose messages read like the task touched it.
     *
     * @param touching how many of the nearest ones
     * @param of how many nearest ones were looked at
     * @param commits the nearest of them, the nearest first
     */
    record SimilarChanges(int touching, int of, List<String> commits) implements Evidence {
        private static final int SHORT = 7;
        private static final int SHOWN = 3;

        /**
         * Copies the list.
         *
         * @param touching as for the record
         * @param of as for the record
         * @param commits as for the record
         */
        public SimilarChanges {
            commits = List.copyOf(commits);
        }

        @Override
        public String describe() {
            String ids = commits.stream()
                    .limit(SHOWN)
                    .map(id -> id.substring(0, Math.min(SHORT, id.length())))
                    .collect(Collectors.joining(", "));
            return touching + " of " + of + " similar past changes touched it (" + ids
                    + (commits.size() > SHOWN ? ", …" : "") + ")";
        }
    }

    /**
     * Its path or content has words of the task.
     *
     * @param words the words that tell most, as stems, the rarest first
     * @param inPath whether its path has them, else its content
     */
    record SharedWords(List<String> words, boolean inPath) implements Evidence {
        /**
         * Copies the list.
         *
         * @param words as for the record
         * @param inPath as for the record
         */
        public SharedWords {
            words = List.copyOf(words);
        }

        @Override
        public String describe() {
            return (inPath ? "its path has " : "its content has ") + String.join(", ", words);
        }
    }

    /**
     * It changed together with another file of the footprint before.
     *
     * @param other that file
     * @param share how often, of the last changes of that file, from 0 to 1
     */
    record ChangedTogether(String other, double share) implements Evidence {
        @Override
        public String describe() {
            return "changed together with " + other + " in " + Math.round(100 * share) + " % of its changes";
        }
    }

    /**
     * It goes with another file of the footprint: a test with its subject, a header with its source, a bundle of messages in
     * another language, a lock file with its manifest.
     *
     * @param of that file
     */
    record Companion(String of) implements Evidence {
        @Override
        public String describe() {
            return "companion of " + of;
        }
    }

    /**
     * It is in a folder that the text names.
     *
     * @param folder the folder
     */
    record InNamedFolder(String folder) implements Evidence {
        @Override
        public String describe() {
            return "in " + folder + "/, which the spec names";
        }
    }

    /**
     * It changes often, whatever a task says.
     *
     * @param changes in how many of the past changes
     */
    record OftenChanged(int changes) implements Evidence {
        @Override
        public String describe() {
            return "changes often (" + changes + " times)";
        }
    }
}
