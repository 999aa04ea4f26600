package io.github.espalier.examples.cli;

import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.Refs;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Which branches go together. */
@Command(
        name = "probe",
        description =
                "Merges each pair of branches on objects and tells which of them conflict: a matrix with the number"
                        + " of conflicting paths of each pair, then a line for each pair in conflict. Exits with 1 if there is one."
                        + " Moves no ref and touches no file. With --json it prints {branches, pairs: [{a, b, conflicts: [{path,"
                        + " kind}]}]}.")
final class ProbeCommand implements Callable<Integer> {
    @Mixin
    private RepositoryOption repository;

    @Parameters(paramLabel = "BRANCH", arity = "1..*", description = "the branches, at least two, without refs/heads/")
    private List<String> branches = new ArrayList<>();

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() {
        GitRepository opened = repository.open();
        List<String> named = List.copyOf(new LinkedHashSet<>(branches));
        if (named.size() < 2) {
            throw new MisuseException("one branch alone conflicts with nothing; name at least two");
        }
        Refs refs = Refs.of(opened);
        named.forEach(branch -> requireBranch(refs, branch));
        Probe probe = Probe.of(opened, named);
        json.print(() -> ProbeJson.of(probe), out -> new ProbeText(probe, out).print());
        return probe.conflicting().isEmpty() ? Failures.OK : Failures.NOT_ALL;
    }

    private static void requireBranch(Refs refs, String branch) {
        if (refs.read(Probe.ref(branch)).isEmpty()) {
            throw new MisuseException(
                    "branch " + branch + ": there is none of this name; git branch lists those there are");
        }
    }
}
