package io.github.espalier.coordinator.faults;

import java.util.List;

/** What a host may suddenly not write to any more. */
final class DeniedPlace {
    private static final List<String> PLACES = List.of(
            "project/.git/objects",
            "project/.git/refs",
            "project/.git/worktrees",
            "project/.git/espalier",
            "project/.git/logs",
            "project/.git/index",
            "project/shared.txt",
            "project/edited.txt",
            "project");
    /** The superuser may write anywhere, so a host gives that up. */
    private static final List<String> AS_ANYBODY =
            List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--");

    private DeniedPlace() {}

    /** The path of one below a trial's folder; all numbers are good. */
    static String path(int number) {
        return PLACES.get(number % PLACES.size());
    }

    /** What to put before a command, so that modes hold for it. */
    static List<String> obeying() {
        return "root".equals(System.getProperty("user.name")) ? AS_ANYBODY : List.of();
    }
}
