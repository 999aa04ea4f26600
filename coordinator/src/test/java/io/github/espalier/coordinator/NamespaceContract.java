package io.github.espalier.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What a launcher must do whose agents have a PID namespace: end whatever they start. */
abstract class NamespaceContract extends ProcessLauncherContract {
    @Test
    void endsEvenWhatDetachesAndEmptiesItsEnvironment() throws Exception {
        Instance instance = launch(WITHOUT_ENVIRONMENT);
        awaitPrinted(instance, "started");
        Awaitility.await().until(() -> sleepers().size() == 2);

        instance.stop(Duration.ZERO);

        end(instance);
        Awaitility.await().untilAsserted(() -> assertThat(sleepers()).isEmpty());
    }
}
