package io.github.espalier.coordinator.faults;

import io.github.espalier.coordinator.faults.Fault.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Many trials, several at once: first a kill at every step, in an order that the seed gives, then what chance gives. */
final class FaultCampaign {
    private static final List<Kind> HOST_AT_GIT =
            List.of(Kind.HOST_BEFORE_GIT, Kind.HOST_DURING_GIT, Kind.HOST_AFTER_GIT, Kind.BOTH_DURING_GIT);
    private static final List<Kind> GIT_ALONE = List.of(Kind.GIT_BEFORE, Kind.GIT_DURING, Kind.GIT_AFTER);
    private static final List<Kind> HOST_AT_JOURNAL = List.of(Kind.HOST_AT_JOURNAL, Kind.HOST_IN_JOURNAL_LINE);
    /** So many calls lie between two that are killed in one run: a run that fails early shows nothing of the rest. */
    private static final int PERIOD = 25;
    /** So many times each is done to a scenario where there is no step to do it at one after the other. */
    private static final int SAMPLES = 6;

    private static final int WITHOUT_USER = 8;
    private static final int ATTEMPTS = 3;
    private static final int COUNTS = 3;

    private final Path folder;
    private final GitWrapper git;
    private final Random random;
    private final long end;
    private final int workers;
    private final Map<Scenario, Trial.Result> steps = new EnumMap<>(Scenario.class);
    /** Of the run of each that had the fewest steps. */
    private final Map<Scenario, Trial.Result> fewest = new EnumMap<>(Scenario.class);

    private final AtomicInteger number = new AtomicInteger();
    private final List<String> violations = Collections.synchronizedList(new ArrayList<>());
    private int hosts;
    private int gits;
    private int trials;
    private int collections;
    private final Map<Kind, Integer> begun = new EnumMap<>(Kind.class);
    private final Map<Kind, Integer> met = new EnumMap<>(Kind.class);
    private final List<Trial> missed = new ArrayList<>();

    /** @param place where it works, and leaves what does not hold; emptied first */
    FaultCampaign(Path place, long seed, Duration time, int workers) throws IOException, InterruptedException {
        folder = place.toAbsolutePath();
        random = new Random(seed);
        end = System.nanoTime() + time.toNanos();
        this.workers = workers;
        if (Files.exists(folder)) {
            try (Stream<Path> left = Files.walk(folder)) {
                for (Path file : left.sorted(Collections.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        git = GitWrapper.in(folder.resolve("bin"));
    }

    void prepare(Scenario... scenarios) throws IOException {
        for (Scenario scenario : scenarios) {
            scenario.prepare(template(scenario));
        }
    }

    /** Counts the steps of each scenario, undisturbed; how many there are is a matter of chance where agents meet. */
    void count(Scenario... scenarios) throws IOException, InterruptedException {
        prepare(scenarios);
        for (Scenario scenario : scenarios) {
            for (int i = 0; i < COUNTS; i++) {
                Trial.Result counted = run(new Trial(scenario, Fault.NONE, Optional.empty()));
                steps.merge(scenario, counted, (a, b) -> a.calls() >= b.calls() ? a : b);
                fewest.merge(scenario, counted, (a, b) -> a.calls() <= b.calls() ? a : b);
            }
        }
        begun.clear();
    }

    /** At every step of every scenario a kill of the host, of one kind or another, and one of git alone. */
    List<Trial> matrix() {
        List<Trial> matrix = new ArrayList<>();
        steps.forEach((scenario, counted) -> {
            for (int step = 1; step <= counted.calls(); step++) {
                matrix.add(trial(scenario, Fault.of(oneOf(HOST_AT_GIT), step, random.nextInt(9))));
                if (random.nextInt(5) == 0) {
                    matrix.add(trial(scenario, Fault.of(Kind.USER_BEFORE_GIT, step, 0)));
                }
            }
            for (int step = 1; step <= Math.min(PERIOD, counted.calls()); step++) {
                matrix.add(trial(scenario, new Fault(oneOf(GIT_ALONE), step, random.nextInt(9), PERIOD)));
            }
            for (int line = 1; line <= counted.lines(); line++) {
                matrix.add(trial(scenario, Fault.of(oneOf(HOST_AT_JOURNAL), line, 0)));
            }
            for (int n = 0; n < SAMPLES; n++) {
                matrix.add(trial(scenario, failingSync(counted)));
                matrix.add(trial(scenario, denied(counted)));
            }
        });
        Collections.shuffle(matrix, random);
        return matrix;
    }

    private Fault failingSync(Trial.Result counted) {
        Kind kind = git.offers(Kind.FAILING_SYNC) ? Kind.FAILING_SYNC : Kind.HOST_AT_JOURNAL;
        return Fault.of(kind, 1 + random.nextInt(counted.lines()), 0);
    }

    private Fault denied(Trial.Result counted) {
        return Fault.of(Kind.DENIED_BEFORE_GIT, 1 + random.nextInt(counted.calls()), random.nextInt(1_000));
    }

    private Kind oneOf(List<Kind> kinds) {
        return kinds.get(random.nextInt(kinds.size()));
    }

    /** Trials without end. */
    Iterator<Trial> atRandom() {
        List<Scenario> scenarios = List.copyOf(steps.keySet());
        return Stream.generate(() -> {
                    Scenario scenario = scenarios.get(random.nextInt(scenarios.size()));
                    return trial(scenario, any(scenario));
                })
                .iterator();
    }

    /** One in two recoveries is hit too; a second user is there in one of so many. */
    private Trial trial(Scenario scenario, Fault fault) {
        return new Trial(
                scenario,
                fault,
                random.nextBoolean() ? Optional.of(any(scenario)) : Optional.empty(),
                random.nextInt(WITHOUT_USER) == 0);
    }

    private Fault any(Scenario scenario) {
        Trial.Result counted = Objects.requireNonNull(steps.get(scenario));
        int calls = counted.calls();
        return switch (random.nextInt(6)) {
            case 4 -> failingSync(counted);
            case 5 -> denied(counted);
            case 0 -> Fault.of(Kind.HOST_AT_INSTANT, 300 + random.nextInt(1500), 0);
            case 1 -> new Fault(oneOf(GIT_ALONE), 1 + random.nextInt(PERIOD), random.nextInt(9), PERIOD);
            case 2 -> Fault.of(oneOf(HOST_AT_JOURNAL), 1 + random.nextInt(counted.lines()), 0);
            default -> Fault.of(oneOf(HOST_AT_GIT), 1 + random.nextInt(calls / 2), random.nextInt(9));
        };
    }

    /** Runs trials until there are no more, or time is up. */
    void run(Iterator<Trial> trials) throws IOException, InterruptedException {
        ExecutorService executor = Executors.newFixedThreadPool(workers);
        try {
            List<Future<Boolean>> all = new ArrayList<>();
            Callable<Boolean> worker = () -> {
                for (Optional<Trial> next = next(trials); next.isPresent(); next = next(trials)) {
                    attempt(next.get());
                }
                return true;
            };
            for (int i = 0; i < workers; i++) {
                all.add(executor.submit(worker));
            }
            for (Future<Boolean> one : all) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IOException(e);
        } finally {
            executor.shutdownNow();
        }
    }

    private Optional<Trial> next(Iterator<Trial> trials) {
        synchronized (trials) {
            return trials.hasNext() && System.nanoTime() - end < 0 ? Optional.of(trials.next()) : Optional.empty();
        }
    }

    /** Again where a run came to its end before a step that each undisturbed run had. */
    private void attempt(Trial trial) throws IOException, InterruptedException {
        Trial next = trial;
        for (int i = 0; i < (isDue(trial) ? ATTEMPTS : 1); i++) {
            Trial.Result result = run(next);
            if (result.met() || !result.violations().isEmpty()) {
                return;
            }
            next = next.again();
        }
        synchronized (this) {
            missed.add(trial);
        }
    }

    Trial.Result run(Trial trial) throws IOException, InterruptedException {
        Path place = folder.resolve(String.format("trial-%05d", number.incrementAndGet()));
        Trial.Result result = trial.run(template(trial.scenario()), place, git);
        synchronized (this) {
            trials++;
            hosts += result.hosts();
            gits += result.gits();
            collections += result.collections();
            begun.merge(trial.fault().kind(), 1, Integer::sum);
            met.merge(trial.fault().kind(), result.met() ? 1 : 0, Integer::sum);
        }
        if (!result.violations().isEmpty()) {
            violations.add(trial + " (" + place + "):\n  " + String.join("\n  ", result.violations()));
        }
        return result;
    }

    private Path template(Scenario scenario) {
        return folder.resolve("template-" + scenario);
    }

    List<String> violations() {
        return List.copyOf(violations);
    }

    synchronized int kills() {
        return hosts + gits;
    }

    synchronized int collections() {
        return collections;
    }

    /** How many steps no attempt came to of those that each undisturbed run had: how many more there are is a matter of time. */
    synchronized int missed() {
        return (int) missed.stream().filter(this::isDue).count();
    }

    private boolean isDue(Trial trial) {
        Trial.Result least = fewest.get(trial.scenario());
        Kind kind = trial.fault().kind();
        return least == null || trial.fault().step() <= (kind.atGit() ? least.calls() : least.lines());
    }

    /** Faults that befell no run, though some were begun for it. */
    synchronized List<Kind> neverMet() {
        return begun.keySet().stream()
                .filter(kind -> met.getOrDefault(kind, 0) == 0)
                .toList();
    }

    synchronized String summary() {
        return trials + " trials, " + kills() + " kills (" + hosts + " of hosts, " + gits + " of git alone), "
                + collections + " collections of garbage by a second user, " + missed.size()
                + " steps that no attempt came to " + missed + ", " + violations.size() + " violations; of each fault: "
                + begun.entrySet().stream()
                        .map(fault -> fault.getKey() + " " + met.getOrDefault(fault.getKey(), 0) + " met of "
                                + fault.getValue())
                        .collect(Collectors.joining(", "));
    }
}
