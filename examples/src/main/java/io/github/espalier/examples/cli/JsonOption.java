package io.github.espalier.examples.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.function.Consumer;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Whether an answer is printed for a person or for a program. */
final class JsonOption {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(names = "--json", description = "prints JSON")
    private boolean json;

    void print(Supplier<? extends JsonNode> forPrograms, Consumer<PrintWriter> forPersons) {
        PrintWriter out = command.commandLine().getOut();
        if (json) {
            out.println(JsonText.of(forPrograms.get()));
        } else {
            forPersons.accept(out);
        }
        out.flush();
    }
}
