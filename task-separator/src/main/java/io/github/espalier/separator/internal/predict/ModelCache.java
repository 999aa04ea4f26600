package io.github.espalier.separator.internal.predict;

import io.github.espalier.separator.internal.CacheFile;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The weights that fit a project, on disk, with the commit that they were fitted at: fitting replays 200 changes, which takes
 * many times as long as all else. The file is moved into place as a whole; one that cannot be read is as good as none.
 */
final class ModelCache {
    private static final Logger log = LoggerFactory.getLogger(ModelCache.class);
    private static final String TIP = "fitted-at";
    private static final String PRIOR = "fitted-from";

    private final Path file;
    private final String prior;

    /** @param prior the models that a fit begins with: another library's fit is of no use */
    ModelCache(Path folder, Models prior) {
        file = folder.resolve("model-2.properties");
        this.prior = Integer.toHexString(prior.lines().hashCode());
    }

    /** Those that were fitted at one of some commits. */
    Optional<Models> fittedAt(Collection<String> commits) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        Properties lines = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            lines.load(in);
            return prior.equals(lines.getProperty(PRIOR)) && commits.contains(lines.getProperty(TIP, ""))
                    ? Optional.of(Models.of(lines))
                    : Optional.empty();
        } catch (IOException | RuntimeException e) {
            log.atDebug().addKeyValue("file", file).setCause(e).log("Fitted weights cannot be read; fitting anew");
            return Optional.empty();
        }
    }

    /** Best effort: without them they are fitted again the next time. */
    void store(String tip, Models models) {
        Properties lines = new Properties();
        lines.putAll(models.lines());
        lines.putAll(Map.of(TIP, tip, PRIOR, prior));
        try (StringWriter out = new StringWriter()) {
            lines.store(out, null);
            CacheFile.replace(file, out.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException | RuntimeException e) {
            log.atDebug().addKeyValue("file", file).setCause(e).log("Fitted weights cannot be kept");
        }
    }
}
