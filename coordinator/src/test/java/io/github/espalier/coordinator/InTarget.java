package io.github.espalier.coordinator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/** Folders in the build's own, for what must not lie in {@code /tmp}. */
final class InTarget implements TempDirFactory {
    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext extension) throws IOException {
        Path target = Files.createDirectories(Path.of("target", "sandboxes").toAbsolutePath());
        return Files.createTempDirectory(target, "run");
    }
}
