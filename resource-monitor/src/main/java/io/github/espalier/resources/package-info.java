/**
 * Is there room on this machine for one more?
 *
 * <pre>{@code
 * try (ResourceMonitor monitor = ResourceMonitor.system()) {
 *     if (monitor.admit() instanceof Admission.Granted granted) {
 *         try (Reservation room = granted.reservation()) {
 *             // start something heavy, and close the reservation when it has ended
 *         }
 *     }
 * }
 * }</pre>
 *
 * <p>The way of a reading: a background thread samples the machine once a second, the container's limits included; processor
 * load is smoothed; {@link io.github.espalier.resources.ResourceMonitor#admit} compares the last sample, and the starts that
 * do not show in it yet, with {@link io.github.espalier.resources.ResourceLimits}, and answers at once.
 */
package io.github.espalier.resources;
