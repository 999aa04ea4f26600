package io.github.espalier.examples.cli;

import io.github.espalier.coordinator.Coordinator;
import io.github.espalier.coordinator.CoordinatorBuilder;
import io.github.espalier.coordinator.InstanceLauncher;
import io.github.espalier.coordinator.Landing;
import io.github.espalier.coordinator.RunHistory;
import io.github.espalier.coordinator.Undo;
import io.github.espalier.coordinator.UndoOutcome;
import io.github.espalier.examples.view.DisplayText;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A landing, taken back. */
@Command(
        name = "undo",
        description =
                "Takes a landing back by a new commit on its target, which leaves what came after it. Exits with 1,"
                        + " and changes nothing, where that conflicts or does not pass.")
final class UndoCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private RepositoryOption repository;

    @Parameters(paramLabel = "ID", description = "the landing, as status lists it, or the commit that it published")
    private String id;

    @Option(
            names = "--move-back",
            description = "moves the target back to where it was instead; only where nothing came after the landing")
    private boolean moveBack;

    @Mixin
    private VerifyOption verify;

    @Mixin
    private LogLevelOption logLevel;

    @Override
    public Integer call() {
        logLevel.apply();
        Landing landing = landing();
        CoordinatorBuilder builder = Coordinator.builder()
                .repository(repository.path())
                .target(landing.target())
                .launcher(InstanceLauncher.none());
        verify.applyTo(builder);
        UndoOutcome outcome = builder.build().undo(landing.id(), moveBack ? Undo.MOVE_BACK : Undo.REVERT);
        boolean undone = outcome instanceof UndoOutcome.Undone;
        PrintWriter out = spec.commandLine().getOut();
        out.println(DisplayText.clean(landing.id() + ": " + (undone ? "" : "not undone: ") + outcome.describe()));
        out.flush();
        return undone ? Failures.OK : Failures.NOT_ALL;
    }

    /** It knows its target, which need not be said. */
    private Landing landing() {
        return RunHistory.of(repository.open()).landings().stream()
                .filter(one -> one.id().equals(id)
                        || one.commit().equals(id)
                        || one.published().equals(id))
                .findFirst()
                .orElseThrow(() -> new MisuseException(
                        id + ": no landing of this name is recorded; espalier status lists those there are"));
    }
}
