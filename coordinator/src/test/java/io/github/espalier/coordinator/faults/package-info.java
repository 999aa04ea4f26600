/**
 * Kills hosts, and the git programs that they start, at every step and at random instants, and checks after each recovery that
 * nothing was lost. {@link io.github.espalier.coordinator.faults.FaultsTest} tells how to run it.
 */
package io.github.espalier.coordinator.faults;
