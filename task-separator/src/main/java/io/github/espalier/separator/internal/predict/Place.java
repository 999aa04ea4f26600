package io.github.espalier.separator.internal.predict;

/**
 * Where a file lies.
 *
 * @param folder its folder, as a number that stands for the name; two names with one number count as one
 * @param module the same of the first two folders of its path
 */
public record Place(int folder, int module) {
    private static final int DEPTH = 2;

    static Place of(String path) {
        String folder = ProjectFiles.folder(path);
        int end = 0;
        for (int depth = 0; depth < DEPTH && end >= 0; depth++) {
            end = folder.indexOf('/', end == 0 ? 0 : end + 1);
        }
        return new Place(folder.hashCode(), (end < 0 ? folder : folder.substring(0, end)).hashCode());
    }
}
