package io.github.espalier.separator;

import java.util.Locale;

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
}
