/**
 * Programs on this machine: started, watched, and ended with all that they started.
 *
 * <p>{@code CommandSpec} says what to run. {@code LocalProcess} runs it: {@code Wrapper} puts a small shell around it that
 * writes its exit code to a file, and a PID namespace where there is one; {@code ProcessTree} finds whatever belongs to it,
 * by descent and by a cookie in the environment. {@code ProcessLauncher} makes an agent of it, {@code ManagedCommand} a
 * command that is waited for.
 */
package io.github.espalier.coordinator.internal.process;
