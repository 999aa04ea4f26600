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
 * <p>The way through: {@link io.github.espalier.resources.ResourceMonitor#builder} takes
 * {@link io.github.espalier.resources.ResourceLimits} and makes a
 * {@link io.github.espalier.resources.ResourceMonitor}. Its {@code admit()} answers with an
 * {@link io.github.espalier.resources.Admission}: granted, with a
 * {@link io.github.espalier.resources.Reservation} to close at the end; or refused, with the
 * {@link io.github.espalier.resources.Limit}, the reading and the threshold. {@code onChange} tells when to ask again, and
 * {@code status()} gives a {@link io.github.espalier.resources.ResourceStatus} to show.
 *
 * <p>The way of a reading: a background thread samples the machine every two seconds, every second while somebody waits for
 * room, and more often at first. Processor load is that of the machine or, where a control group limits this process, the
 * share of that limit in use; memory is what is tighter, the machine's or the container's; disk is the free space of one
 * directory's file system; memory pressure is one
 * more veto where Linux measures it. Load is smoothed over ten seconds. What was admitted counts as one core until the
 * smoothed load shows it, else a burst of starts would all see the same idle machine. A limit that has refused admits again
 * some way under it. Readings that are missing or older than five seconds refuse: unknown is not room.
 */
package io.github.espalier.resources;
