package io.github.espalier.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A host with a {@code module-info} of its own, in a JVM of its own. */
@ExtendWith(UntouchedCheckouts.class)
class ModulePathTest {
    private static final Path SOURCES = Path.of("src", "test", "consumer").toAbsolutePath();

    @TempDir
    Path folder;

    @Test
    void runsOnTheModulePathOnARepositoryThatGitHasPacked() throws Exception {
        TestHost host = TestHost.in(folder);
        host.repository().git("config", "repack.writeBitmaps", "true");
        host.repository().git("config", "pack.writeReverseIndex", "true");
        host.repository().git("gc", "--quiet", "--aggressive");
        assertThat(host.repository().git("count-objects", "-v")).contains("packs: 1");
        Path classes = compile();

        String output = run(
                "-p",
                modulePath() + File.pathSeparator + classes,
                "-m",
                "consumer/consumer.Consumer",
                host.repository().directory().toString());

        assertThat(output).contains("landed on the module path");
        assertThat(host.onTarget("new.txt")).isEqualTo("new");
        assertThat(folder.resolve("decoy")).doesNotExist();
        assertThat(folder.resolve("decoy-index")).doesNotExist();
    }

    private Path compile() throws IOException {
        Path classes = Files.createDirectory(folder.resolve("classes"));
        int result = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-p",
                        modulePath(),
                        "-d",
                        classes.toString(),
                        SOURCES.resolve("module-info.java").toString(),
                        SOURCES.resolve("Consumer.java").toString());
        assertThat(result).isZero();
        return classes;
    }

    /** The main classes of every module and the libraries they need at run time; nothing that only tests need. */
    private static String modulePath() {
        List<String> needed = List.of(
                "worktree-core",
                "task-separator",
                "resource-monitor",
                "org.eclipse.jgit",
                "JavaEWAH",
                "commons-codec",
                "oshi-",
                "jna",
                "slf4j-api",
                "slf4j-simple",
                "jackson-core",
                "jspecify");
        String libraries = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> needed.stream().anyMatch(entry::contains))
                .filter(entry -> !entry.contains("tests.jar") && !entry.contains("test-classes"))
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
        return Path.of("target", "classes").toAbsolutePath() + File.pathSeparator + libraries;
    }

    private String run(String... arguments) throws Exception {
        Path output = folder.resolve("output.txt");
        List<String> argv = new java.util.ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        argv.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(argv).redirectErrorStream(true).redirectOutput(output.toFile());
        // As where the host is itself started by a git hook or alias: none of it may lead us to another repository.
        builder.environment().put("GIT_DIR", folder.resolve("decoy").toString());
        builder.environment().put("GIT_WORK_TREE", folder.toString());
        builder.environment()
                .put("GIT_INDEX_FILE", folder.resolve("decoy-index").toString());
        Process process = builder.start();
        boolean ended = process.waitFor(2, TimeUnit.MINUTES);
        process.destroyForcibly();
        assertThat(ended).as(Files.readString(output)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
        return Files.readString(output);
    }
}
