package io.github.espalier.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.espalier.worktree.CheckoutFingerprint;
import io.github.espalier.worktree.TestRepository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Compares the user's checkouts after each test with what they were when {@link TestHost} made its first coordinator
 * for them. A checkout that has the target out is left to the test: it may be carried along.
 */
final class UntouchedCheckouts implements BeforeEachCallback, AfterEachCallback {
    private static final ThreadLocal<Map<Path, CheckoutFingerprint>> before = ThreadLocal.withInitial(HashMap::new);

    static void watch(TestRepository repository, String target) {
        boolean bare = !Files.exists(repository.directory().resolve(".git"));
        if (!bare && !repository.branch().equals("refs/heads/" + target) && hasCommit(repository)) {
            before.get().computeIfAbsent(repository.directory(), CheckoutFingerprint::of);
        }
    }

    private static boolean hasCommit(TestRepository repository) {
        return !repository.git("rev-list", "-1", "--all").isEmpty();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        before.remove();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Map<Path, CheckoutFingerprint> expected = before.get();
        before.remove();
        expected.forEach((checkout, fingerprint) -> assertThat(CheckoutFingerprint.of(checkout))
                .as("the user's checkout")
                .isEqualTo(fingerprint));
    }
}
