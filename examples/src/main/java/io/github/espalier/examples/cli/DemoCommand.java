package io.github.espalier.examples.cli;

import io.github.espalier.examples.demo.Demo;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The main job on a clone. */
@Command(
        name = "demo",
        description =
                "Shows the main job on a clone of a repository, in a temporary folder: three agents that edit, test and"
                        + " commit real files, and land.")
final class DemoCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--repo",
            paramLabel = "R",
            description = "the repository to clone; by default this project's own, or a generated one if there is none")
    private @Nullable Path repository;

    @Option(names = "--keep", description = "keeps the clone and says where it is")
    private boolean keep;

    @Mixin
    private LogLevelOption logLevel;

    @Override
    public Integer call() throws InterruptedException {
        logLevel.apply();
        Demo demo = new Demo(
                Optional.ofNullable(repository),
                logLevel.terminal(),
                spec.commandLine().getOut());
        return demo.run(keep) ? Failures.OK : Failures.NOT_ALL;
    }
}
