package io.github.espalier.worktree;

/**
 * What one side of a conflict has at a path.
 *
 * @param path the path on that side, from the root of the tree with {@code /} between names; it differs from the
 *     conflict's own where the side renamed the file
 * @param mode git's mode, six octal digits: {@code 100644} file, {@code 100755} executable, {@code 120000} symbolic link,
 *     {@code 160000} submodule
 * @param blob id of the content, in full; for a submodule its commit
 */
public record Side(String path, String mode, String blob) {}
