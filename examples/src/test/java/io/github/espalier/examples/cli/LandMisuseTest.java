package io.github.espalier.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code land} refuses, and that nothing is done then. */
class LandMisuseTest {
    @TempDir
    static Path folder;

    private static CliHost host;

    @BeforeAll
    static void makeBranch() {
        host = CliHost.in(folder);
        host.branch("one", "one.txt", "1\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "one nowhere | branch nowhere: there is none of this name; git branch lists those there are",
                "one roadmap | branch roadmap: is the target; name the branches to land on it",
                "roadmap nowhere | branch roadmap: is the target; name the branches to land on it; branch nowhere: there is none of this name; git branch lists those there are",
                "refs/heads/one | branch refs/heads/one: there is none of this name; git branch lists those there are",
                "'' | Missing required parameter: 'BRANCH'; see 'espalier land --help'",
                "one --batch=0 | --batch 0 is too few; give at least 1",
                "one --verifications=0 | --verifications 0 is too few; give at least 1",
                "one --order=last | Invalid value for option '--order': expected one of [FINISHED, PRIORITY, RISK] (case-insensitive) but was 'last'; see 'espalier land --help'",
                "one --verify=no-such-check | cannot start \"no-such-check\": no such program on the PATH; install it, or give its full path",
                "one --report=no/such/r.json | --report no/such/r.json: no file can be written there; name one in a folder that exists",
            })
    void refuses(String arguments, String message) {
        String refs = host.repository().git("for-each-ref");

        assertThat(refused(arguments)).isEqualTo(message);

        assertThat(host.repository().git("for-each-ref")).isEqualTo(refs);
        assertThat(folder.resolve("project/.git/espalier/runs"))
                .satisfiesAnyOf(
                        runs -> assertThat(runs).doesNotExist(),
                        runs -> assertThat(runs).isEmptyDirectory());
    }

    private static String refused(String more) {
        String[] arguments = more.isEmpty() ? new String[0] : more.split(" ", -1);
        return host.land(arguments).misuse();
    }
}
