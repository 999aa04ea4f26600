package io.github.espalier.coordinator;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A host program of its own process, whose whole output and log a test reads: it prints all that a run tells. */
final class SecretsHost {
    private SecretsHost() {}

    public static void main(String[] arguments) {
        Path project = Path.of(arguments[0]);
        String agent = "case $ESPALIER_TASK in good) echo x > good.txt;; bad) exit 3;; esac;"
                + " test -n \"$SECRET_TOKEN\" && test -n \"$GIVEN_TOKEN\"";
        CommandLauncher sound = InstanceLauncher.command("sh", "-c", agent)
                .environment(Map.of("GIVEN_TOKEN", System.getenv("TEST_GIVEN")));
        run(project, sound, Verification.command("false"));
        run(project, sound, Verification.command("true"));
        run(
                project,
                InstanceLauncher.command("./missing-{task}")
                        .environment(Map.of("GIVEN_TOKEN", System.getenv("TEST_GIVEN"))),
                Verification.command("no-such-verification"));
        System.out.println("done");
    }

    private static void run(Path project, InstanceLauncher launcher, Verification verification) {
        System.out.println(launcher);
        RunReport report = Coordinator.builder()
                .repository(project)
                .target(TestHost.TARGET)
                .launcher(new Telling(launcher))
                .verify(verification)
                .setup(WorktreeSetup.standard().run("sh", "-c", "case $PWD in *set-up*) exit 5;; esac"))
                .listener(System.out::println)
                .build()
                .run(List.of(TestHost.task("good"), TestHost.task("bad"), TestHost.task("set-up")));
        System.out.println(report);
        report.tasks().forEach(task -> System.out.println(task.outcome().describe()));
    }

    /** Prints what a launcher is given and what it throws. */
    private record Telling(InstanceLauncher launcher) implements InstanceLauncher {
        @Override
        public Instance launch(LaunchRequest request) {
            System.out.println(request);
            try {
                Instance instance = launcher.launch(request);
                System.out.println(instance + " " + instance.identity());
                return instance;
            } catch (RuntimeException e) {
                e.printStackTrace(System.out);
                throw e;
            }
        }
    }
}
