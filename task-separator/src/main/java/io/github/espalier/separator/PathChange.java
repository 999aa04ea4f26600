package io.github.espalier.separator;

import java.util.Optional;

/**
 * What a past change did to a file.
 *
 * @param kind what was done
 * @param path the file before the change, or that was created
 * @param renamedTo where it was moved to; only for {@link DeclaredPath.Kind#RENAME}
 */
public record PathChange(DeclaredPath.Kind kind, String path, Optional<String> renamedTo) {
    /**
     * The file after the change.
     *
     * @return where it was moved to, or the path
     */
    public String after() {
        return renamedTo.orElse(path);
    }
}
