package io.github.espalier.separator;

import java.util.List;
import java.util.Locale;

/** Why two tasks cannot go side by side. */
public sealed interface ConflictReason {
    /**
     * The reason in a line.
     *
     * @return names the paths
     */
    String describe();

    /**
     * Both write one path.
     *
     * @param path the path
     */
    record SamePath(String path) implements ConflictReason {
        @Override
        public String describe() {
            return "both touch " + path;
        }
    }

    /**
     * Both create one path.
     *
     * @param path the path
     */
    record BothCreate(String path) implements ConflictReason {
        @Override
        public String describe() {
            return "both create " + path;
        }
    }

    /**
     * Directories or globs that some path belongs to both of.
     *
     * @param first what the first task touches
     * @param second what the second task touches
     */
    record Overlap(String first, String second) implements ConflictReason {
        @Override
        public String describe() {
            return first + " and " + second + " overlap";
        }
    }

    /**
     * One moves or deletes what the other touches, or the folder it lies in.
     *
     * @param moved what is moved or deleted
     * @param touched what the other task touches
     */
    record MovedAway(String moved, String touched) implements ConflictReason {
        @Override
        public String describe() {
            return moved + " is moved or deleted, and " + touched + " touched";
        }
    }

    /**
     * Names that some file systems take for one: equal but for case or Unicode form.
     *
     * @param first the first task's
     * @param second the second task's
     */
    record SameNameButForForm(String first, String second) implements ConflictReason {
        @Override
        public String describe() {
            return first + " and " + second + " differ in case or Unicode form only";
        }
    }

    /**
     * A path that is a file for one task and a folder for the other.
     *
     * @param file the file
     * @param below what lies in the folder
     */
    record FileAndFolder(String file, String below) implements ConflictReason {
        @Override
        public String describe() {
            return file + " is a file for one and the folder of " + below + " for the other";
        }
    }

    /**
     * It is not known what a task touches.
     *
     * @param task the task
     */
    record UnknownFootprint(String task) implements ConflictReason {
        @Override
        public String describe() {
            return "it is not known what " + task + " touches; declare its files";
        }
    }

    /**
     * Both are likely to touch one path.
     *
     * @param path the path
     * @param first how likely the first task is to touch it, from 0 to 1
     * @param second how likely the second one is
     * @param collision how likely two changes of this path at once are to collide
     */
    record LikelySamePath(String path, double first, double second, double collision) implements ConflictReason {
        @Override
        public String describe() {
            return String.format(
                    Locale.ROOT,
                    "both may touch %s (%.2f and %.2f; changes of it collide in %.0f %%)",
                    path,
                    first,
                    second,
                    100 * collision);
        }
    }

    /**
     * Both are about the same thing, by their words.
     *
     * @param similarity from 0 to 1
     * @param words the words that they share, the rarest first
     */
    record AlikeTexts(double similarity, List<String> words) implements ConflictReason {
        /**
         * Copies the list.
         *
         * @param similarity as for the record
         * @param words as for the record
         */
        public AlikeTexts {
            words = List.copyOf(words);
        }

        @Override
        public String describe() {
            return "both speak of " + String.join(", ", words);
        }
    }

    /**
     * One changes a type that a file of the other uses. No conflict of text, but one of meaning may follow.
     *
     * @param changed the file that holds the type
     * @param user the file that uses it
     */
    record UsesChanged(String changed, String user) implements ConflictReason {
        @Override
        public String describe() {
            return user + " uses what is in " + changed;
        }
    }
}
