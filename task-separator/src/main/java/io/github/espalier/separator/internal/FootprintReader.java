package io.github.espalier.separator.internal;

import io.github.espalier.separator.DeclaredPath;
import io.github.espalier.separator.DeclaredPath.Kind;
import io.github.espalier.separator.Evidence;
import io.github.espalier.separator.Footprint;
import io.github.espalier.separator.Footprint.Shape;
import io.github.espalier.separator.Footprint.Touch;
import io.github.espalier.separator.ProjectTree;
import io.github.espalier.separator.Task;
import java.util.ArrayList;
import java.util.List;

/** What a task will touch: what it declares, else what its text names. */
final class FootprintReader {
    private final ProjectTree tree;

    FootprintReader(ProjectTree tree) {
        this.tree = tree;
    }

    Footprint read(Task task) {
        List<Touch> touches = new ArrayList<>();
        for (DeclaredPath declared : task.declared()) {
            Evidence evidence = new Evidence.Declared(declared);
            touches.add(touch(declared.path(), declared.kind(), evidence));
            declared.renamedTo().ifPresent(to -> touches.add(touch(to, Kind.CREATE, evidence)));
        }
        if (touches.isEmpty()) {
            touches.addAll(SpecPaths.in(task.spec(), tree));
        }
        List<Touch> behind =
                touches.stream().flatMap(touch -> behindLinks(touch).stream()).toList();
        touches.addAll(behind);
        return new Footprint(touches);
    }

    private Touch touch(String path, Kind kind, Evidence evidence) {
        PathPattern pattern = pattern(path, kind);
        boolean created = kind == Kind.WRITE && pattern.shape() == Shape.FILE && !tree.isFile(pattern.path());
        return new Touch(pattern.text(), created ? Kind.CREATE : kind, 1, List.of(evidence), pattern.shape());
    }

    private PathPattern pattern(String path, Kind kind) {
        String plain = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        if (tree.isFile(plain) && !path.endsWith("/")) {
            return PathPattern.file(plain);
        } else if (tree.isDirectory(plain) || (path.endsWith("/") && !PathPattern.isGlob(plain))) {
            return PathPattern.directory(plain);
        } else if (PathPattern.isGlob(path)) {
            return PathPattern.glob(path.endsWith("/") ? path + "**" : path);
        }
        // Of what goes away it does not matter whether it is a file or a folder: all of it goes.
        return kind == Kind.DELETE || kind == Kind.RENAME ? PathPattern.directory(plain) : PathPattern.file(plain);
    }

    private List<Touch> behindLinks(Touch touch) {
        return tree
                .behindLinks(PathPattern.of(touch).path())
                .map(path -> touch(path, touch.kind(), touch.evidence().get(0)))
                .stream()
                .toList();
    }
}
