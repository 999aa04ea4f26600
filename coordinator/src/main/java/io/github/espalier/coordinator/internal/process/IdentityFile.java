package io.github.espalier.coordinator.internal.process;

import io.github.espalier.coordinator.LaunchException;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** What an instance is found by, as it lies in its folder before it starts. */
final class IdentityFile {
    private final Path file;

    private IdentityFile(Path file) {
        this.file = file;
    }

    static IdentityFile in(Path folder) {
        return new IdentityFile(folder.resolve("identity"));
    }

    void write(Map<String, String> values) {
        Properties properties = new Properties();
        properties.putAll(values);
        Path unfinished = file.resolveSibling(file.getFileName() + ".new");
        try {
            try (Writer writer = Files.newBufferedWriter(unfinished)) {
                properties.store(writer, null);
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LaunchException failure = new LaunchException(file.toString(), "cannot be written (" + e + ")");
            failure.initCause(e);
            throw failure;
        }
    }

    /** Empty: nothing was about to start. */
    Map<String, String> read() {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (NoSuchFileException e) {
            return Map.of();
        } catch (IOException e) {
            throw new LaunchException(file.toString(), "cannot be read (" + e + ")");
        }
        Map<String, String> values = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> values.put(name, properties.getProperty(name)));
        return values;
    }
}
