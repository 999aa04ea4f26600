package io.github.espalier.separator.internal.predict;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * Weights, from a file of properties.
 *
 * @param footprints which files a task touches
 * @param pairs which tasks collide
 */
public record Models(FootprintModel footprints, PairModel pairs) {
    /** How strongly the weights that come with the library resist a project's own past. */
    static final double PRIOR_PRECISION = 3;

    private static final String RESOURCE = "separation-model.properties";

    /** Those that come with the library. */
    public static Models standard() {
        try (InputStream in = Models.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing from the library's jar");
            }
            return read(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those of a file. */
    public static Models read(Path file) throws IOException {
        try (Reader in = Files.newBufferedReader(file)) {
            return read(in);
        }
    }

    /** The lines of such a file. */
    public Map<String, String> lines() {
        Map<String, String> lines = new TreeMap<>();
        footprints.write(lines);
        pairs.write(lines);
        return lines;
    }

    /** Those of such lines. */
    public static Models of(Map<String, String> lines) {
        Properties properties = new Properties();
        properties.putAll(lines);
        return of(properties);
    }

    static Models of(Properties lines) {
        return new Models(FootprintModel.parse(lines), PairModel.parse(lines));
    }

    private static Models read(Reader in) throws IOException {
        Properties lines = new Properties();
        lines.load(in);
        return of(lines);
    }
}
