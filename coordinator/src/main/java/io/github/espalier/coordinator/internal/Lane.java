package io.github.espalier.coordinator.internal;

import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Where a run's state is changed: one short step at a time. Slow work runs elsewhere and comes back to it. Whatever a step
 * throws reaches one handler.
 */
final class Lane {
    private final Object guard;
    private final Executor steps;
    private final Consumer<Throwable> whenBroken;

    /**
     * @param guard held during each step, so that other threads may read the state under it
     * @param whenBroken is called on the lane with what a step threw
     */
    Lane(Object guard, Executor executor, Consumer<Throwable> whenBroken) {
        this.guard = guard;
        steps = new SerialExecutor(executor);
        this.whenBroken = whenBroken;
    }

    void execute(Runnable step) {
        steps.execute(() -> {
            synchronized (guard) {
                try {
                    step.run();
                } catch (RuntimeException | Error e) {
                    whenBroken.accept(e);
                }
            }
        });
    }

    /** Runs slow work elsewhere, and then goes on here with its result, or with what it threw. */
    <T> void await(Executor elsewhere, Supplier<T> slow, Consumer<T> then, Consumer<Throwable> otherwise) {
        Runnable work = () -> {
            T result;
            try {
                result = slow.get();
            } catch (RuntimeException | Error e) {
                execute(() -> otherwise.accept(e));
                return;
            }
            execute(() -> then.accept(result));
        };
        try {
            elsewhere.execute(work);
        } catch (RuntimeException | Error e) { // for example no thread to be had
            execute(() -> otherwise.accept(e));
        }
    }
}
