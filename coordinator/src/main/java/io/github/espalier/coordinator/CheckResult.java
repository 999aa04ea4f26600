package io.github.espalier.coordinator;

import java.nio.file.Path;
import java.util.List;

/**
 * What a named check came to.
 *
 * @param name the check
 * @param passed whether its last attempt passed
 * @param attempts how often it ran
 * @param reason how its last attempt ended
 * @param logs what each attempt printed
 */
public record CheckResult(String name, boolean passed, int attempts, String reason, List<Path> logs) {
    /**
     * Copies the list.
     *
     * @param name as for the record
     * @param passed as for the record
     * @param attempts as for the record
     * @param reason as for the record
     * @param logs as for the record
     */
    public CheckResult {
        logs = List.copyOf(logs);
    }

    /**
     * Whether it failed and then passed on the same tree.
     *
     * @return true if so
     */
    public boolean flaky() {
        return passed && attempts > 1;
    }
}
