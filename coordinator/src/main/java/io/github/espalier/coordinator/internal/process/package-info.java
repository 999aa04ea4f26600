/**
 * Programs on this machine: started, watched, and ended with all that they started.
 *
 * <p>{@code CommandSpec} says what to run. {@code LocalProcess} runs it: {@code Wrapper} puts a small shell around it that
 * writes its exit code to a file, and a PID namespace where there is one; {@code ProcessTree} finds whatever belongs to it,
 * by descent and by a cookie in the environment. {@code ProcessLauncher} makes an agent of it, {@code ManagedCommand} a
 * command that is waited for.
 *
 * <p>{@code SandboxLauncher} puts {@code Bubblewrap} around the command that {@code ProcessLauncher} would run; {@code
 * SandboxView} says what is seen and written inside, in terms of {@code Mounts}; {@code SandboxTraces} clears away what a
 * sandbox leaves.
 */
package io.github.espalier.coordinator.internal.process;
