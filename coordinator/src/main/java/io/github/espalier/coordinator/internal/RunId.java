package io.github.espalier.coordinator.internal;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.ThreadLocalRandom;

/** Makes ids of runs: they sort by time, and can be part of a ref and of a file name. */
final class RunId {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private RunId() {}

    static String next(Instant now) {
        return TIME.format(now)
                + String.format("-%04x", ThreadLocalRandom.current().nextInt(0x10000));
    }
}
