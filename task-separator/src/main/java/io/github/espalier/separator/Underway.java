package io.github.espalier.separator;

import java.time.Duration;

/**
 * How far a task is that was started and has not come to its outcome.
 *
 * @param elapsed since its agent was started
 * @param takesPlace whether its agent still runs; if not, its work is only to land, which is expected at once
 */
public record Underway(Duration elapsed, boolean takesPlace) {}
