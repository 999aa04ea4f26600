package io.github.espalier.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.espalier.examples.view.Terminal;
import io.github.espalier.worktree.CheckoutFingerprint;
import io.github.espalier.worktree.GitRepository;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {
    @TempDir
    Path folder;

    @Test
    void landsThreeOfThreeOnAGeneratedProject() throws InterruptedException {
        GitRepository generated = DemoSource.generated(folder.resolve("sample"));
        Path checkout = generated.mainWorktree().orElseThrow();
        CheckoutFingerprint before = CheckoutFingerprint.of(checkout);
        StringWriter out = new StringWriter();

        boolean landed = new Demo(Optional.of(checkout), Terminal.none(), new PrintWriter(out)).run(false);

        assertThat(landed).as(out.toString()).isTrue();
        assertThat(out.toString()).contains("3 of 3 landed on espalier-demo", "Unchanged: " + checkout);
        assertThat(CheckoutFingerprint.of(checkout)).isEqualTo(before);
    }

    @Test
    void findsThisProjectsOwnRepository() {
        Path module = Path.of("").toAbsolutePath();
        Assumptions.assumeTrue(module.resolveSibling(".git").toFile().exists(), "built from an archive");

        assertThat(DemoSource.own())
                .hasValueSatisfying(own -> assertThat(own.commonDirectory())
                        .isEqualTo(GitRepository.open(module).commonDirectory()));
    }
}
