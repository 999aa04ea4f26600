package io.github.espalier.separator.internal.predict;

import io.github.espalier.separator.DeclaredPath.Kind;

/** What a file that two tasks touch has to do with whether they collide in it. */
final class SharedFile {
    /** The figures of such a file; each is 0 or more. */
    enum Feature implements ModelFeature {
        /** Program text. */
        CODE,
        /** A test. */
        TEST,
        /** Text for people. */
        DOCS,
        /** A build file or a lock file. */
        BUILD,
        /** Properties, messages, configuration. */
        DATA,
        /** The logarithm of its size in bytes. */
        SIZE,
        /** The logarithm of how often it was changed of late. */
        HEAT,
        /** How long ago it was changed. */
        RECENCY,
        /** The logarithm of how often it was changed. */
        CHANGES,
        /** It is not there yet. */
        CREATED,
        /** One deletes it. */
        DELETED,
        /** One renames it. */
        RENAMED,
        /** How alike the texts of the tasks are. */
        ALIKE,
        /** The square root of that. */
        ALIKE_ROOT,
        /** The rarity of the rarest word that both have. */
        RARE_WORD;

        static final int COUNT = values().length;
    }

    private SharedFile() {}

    static double[] features(Project project, String path, Kind first, Kind second, Likeness likeness) {
        double[] row = new double[Feature.COUNT];
        int file = project.files().find(path);
        PathKinds.Kind kind =
                file == ProjectFiles.NONE ? PathKinds.of(path) : project.files().kind(file);
        row[Feature.valueOf(kind.name()).index()] = 1;
        if (file == ProjectFiles.NONE) {
            row[Feature.CREATED.index()] = 1;
        } else {
            row[Feature.SIZE.index()] = Math.log1p(project.size(file));
            row[Feature.HEAT.index()] = heat(project, path);
            row[Feature.RECENCY.index()] = project.changes().recency(file, project.now());
            row[Feature.CHANGES.index()] = Math.log1p(project.changes().times(file));
        }
        row[Feature.DELETED.index()] = first == Kind.DELETE || second == Kind.DELETE ? 1 : 0;
        row[Feature.RENAMED.index()] = first == Kind.RENAME || second == Kind.RENAME ? 1 : 0;
        return alike(row, likeness);
    }

    /** How often a file was changed of late, as a logarithm; 0 for one that is not there. */
    static double heat(Project project, String path) {
        int file = project.files().find(path);
        return file == ProjectFiles.NONE ? 0 : Math.log1p(project.changes().heat(file, project.now()));
    }

    /** Sets what depends on the texts. */
    static double[] alike(double[] row, Likeness likeness) {
        row[Feature.ALIKE.index()] = likeness.cosine();
        row[Feature.ALIKE_ROOT.index()] = Math.sqrt(likeness.cosine());
        row[Feature.RARE_WORD.index()] = likeness.rarest();
        return row;
    }
}
