package io.github.espalier.separator.internal.predict;

/** What speaks for a file whatever the text says: how often and how lately it was changed. */
final class ContextSignal implements Signal {
    private static final int HOTTEST = 25;

    @Override
    public void find(Project project, Query query, Candidates candidates) {
        ProjectFiles files = project.files();
        ChangeIndex changes = project.changes();
        project.hottest(HOTTEST).forEach(candidates::of);
        candidates.all().forEach((file, features) -> {
            PathKinds.Kind kind = files.kind(file);
            features[Feature.HEAT.index()] = Math.log1p(changes.heat(file, project.now()));
            features[Feature.RECENCY.index()] = changes.recency(file, project.now());
            features[Feature.CHANGES.index()] = Math.log1p(changes.times(file));
            features[Feature.TEST.index()] = kind == PathKinds.Kind.TEST ? 1 : 0;
            features[Feature.DOCS.index()] = kind == PathKinds.Kind.DOCS ? 1 : 0;
        });
    }
}
