package io.github.espalier.examples.demo;

import io.github.espalier.examples.support.ScratchFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** Compiles and runs small Java programs with the JDK this runs on. */
final class JavaProgram {
    private JavaProgram() {}

    /** The {@code java} of this JDK, with options for programs that live shortly. */
    static List<String> command() {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return List.of(java.toString(), "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
    }

    /**
     * Compiles sources and runs a class of them.
     *
     * @throws CheckFailedException with what was printed, if they do not compile or the program fails
     */
    static void run(List<Path> sources, String mainClass) {
        for (Path source : sources) {
            if (!Files.isRegularFile(source)) {
                throw new CheckFailedException(source.getFileName() + " is missing");
            }
        }
        JavaCompiler compiler = Optional.ofNullable(ToolProvider.getSystemJavaCompiler())
                .orElseThrow(() -> new IllegalStateException("this is a JRE; the demo needs a JDK, for its compiler"));
        try (ScratchFolder classes = ScratchFolder.create("espalier-classes-")) {
            List<String> arguments =
                    new ArrayList<>(List.of("-proc:none", "-d", classes.path().toString()));
            sources.forEach(source -> arguments.add(source.toString()));
            ByteArrayOutputStream printed = new ByteArrayOutputStream();
            if (compiler.run(null, printed, printed, arguments.toArray(String[]::new)) != 0) {
                throw new CheckFailedException("it does not compile: " + printed.toString(Charset.defaultCharset()));
            }
            run(classes.path(), mainClass);
        }
    }

    private static void run(Path classes, String mainClass) {
        List<String> argv = new ArrayList<>(command());
        argv.addAll(List.of("-cp", classes.toString(), mainClass));
        try {
            Process process = new ProcessBuilder(argv).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String printed = new String(process.getInputStream().readAllBytes(), Charset.defaultCharset());
            if (process.waitFor() != 0) {
                throw new CheckFailedException(
                        printed.lines().findFirst().orElse(mainClass + " ended with " + process.exitValue()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
