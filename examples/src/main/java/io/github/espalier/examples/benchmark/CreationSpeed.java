package io.github.espalier.examples.benchmark;

import io.github.espalier.examples.support.ScratchFolder;
import io.github.espalier.examples.support.UserGit;
import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.WorktreeManager;
import io.github.espalier.worktree.WorktreeRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Ways to make a worktree, and what the first two looks at it cost afterwards: git's settings that are said to help, a copy of
 * a sibling with and without shared blocks, and the library's way, all in the same rounds.
 */
final class CreationSpeed {
    private static final String PLAIN = "git worktree add";

    /** Copies all but the {@code .git} file; {@code $3} says whether blocks are shared. */
    private static final String COPY =
            "cd \"$1\" && find . -mindepth 1 -maxdepth 1 ! -name .git" + " -exec cp -a --reflink=\"$3\" -t \"$2\" {} +";

    private final GitRepository repository;
    private final UserGit git;
    private final String base;
    private final Path sibling;
    private final Map<Way, Times> times = new TreeMap<>();
    private int count;

    /** What can be done. */
    private enum Way {
        GIT(PLAIN),
        TWO_WORKERS("checkout.workers=2", "checkout.workers=2"),
        FOUR_WORKERS("checkout.workers=4", "checkout.workers=4"),
        EIGHT_WORKERS("checkout.workers=8", "checkout.workers=8"),
        MINIMAL_STAT("core.checkStat=minimal", "core.checkStat=minimal"),
        UNTRACKED_CACHE("core.untrackedCache=true", "core.untrackedCache=true"),
        MANY_FILES("feature.manyFiles=true", "feature.manyFiles=true"),
        COPY_WITH_SHARED_BLOCKS("a sibling copied, blocks shared"),
        PLAIN_COPY("a sibling copied"),
        LIBRARY("WorktreeManager.add");

        private final String title;
        private final String setting;

        Way(String title, String setting) {
            this.title = title;
            this.setting = setting;
        }

        Way(String title) {
            this(title, "");
        }

        List<String> settings() {
            return setting.isEmpty() ? List.of() : List.of("-c", setting);
        }
    }

    private record Times(List<Duration> made, List<Duration> looked, List<Duration> lookedAgain) {
        Times() {
            this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }
    }

    private CreationSpeed(SpeedProject project) {
        git = project.git();
        repository = GitRepository.open(git.directory());
        base = project.base();
        sibling = repository.parent().resolve("sibling");
        git.run("worktree", "add", "-q", "--detach", sibling.toString(), base);
        for (Way way : Way.values()) {
            times.put(way, new Times());
        }
    }

    /** At several sizes of a repository; the first round of each warms up and does not count. */
    static List<SpeedLine> measure(List<Integer> sizes, int rounds) throws IOException {
        List<SpeedLine> lines = new ArrayList<>();
        for (int files : sizes) {
            try (ScratchFolder scratch = ScratchFolder.create("espalier-benchmark-")) {
                CreationSpeed speed =
                        new CreationSpeed(SpeedProject.generated(scratch.path().resolve("project"), files));
                if (!speed.sharesBlocks()) {
                    speed.times.remove(Way.COPY_WITH_SHARED_BLOCKS);
                    lines.add(SpeedLine.of(files + " files: blocks cannot be shared on this file system", 0, ""));
                }
                for (int round = 0; round <= rounds; round++) {
                    speed.round(round);
                }
                speed.lines().forEach(line -> lines.add(line.named(files + " files: ")));
            }
        }
        return lines;
    }

    private boolean sharesBlocks() throws IOException {
        Path from = Files.writeString(repository.parent().resolve("from"), "blocks");
        return run(
                        "cp",
                        "--reflink=always",
                        from.toString(),
                        from.resolveSibling("to").toString())
                == 0;
    }

    /** Each round begins with another way: what a removal leaves the disk to do, the next one to write waits for. */
    private void round(int number) {
        List<Way> order = new ArrayList<>(times.keySet());
        Collections.rotate(order, -number);
        order.forEach(way -> {
            Times taken = Objects.requireNonNull(times.get(way));
            Path directory = repository.parent().resolve("made-" + count++);
            List<Duration> made = taken.made();
            long start = System.nanoTime();
            make(way, directory);
            made.add(Duration.ofNanos(System.nanoTime() - start));
            look(way, directory, taken.looked());
            look(way, directory, taken.lookedAgain());
            git.run("worktree", "remove", "--force", directory.toString());
        });
    }

    private void make(Way way, Path directory) {
        switch (way) {
            case LIBRARY -> {
                try (WorktreeManager manager = WorktreeManager.of(repository)) {
                    manager.add(new WorktreeRequest(directory, "task/" + directory.getFileName(), base));
                }
            }
            case COPY_WITH_SHARED_BLOCKS -> copy(directory, "always");
            case PLAIN_COPY -> copy(directory, "never");
            default -> {
                List<String> command = new ArrayList<>(way.settings());
                command.addAll(List.of("worktree", "add", "-q", "--detach", directory.toString(), base));
                git.run(command.toArray(String[]::new));
            }
        }
    }

    /** Size and time of a copied file are the sibling's, so that git, told to go by these, need not read it again. */
    private void copy(Path directory, String reflink) {
        git.run("worktree", "add", "-q", "--detach", "--no-checkout", directory.toString(), base);
        if (run("sh", "-c", COPY, "copy", sibling.toString(), directory.toString(), reflink) != 0) {
            throw new IllegalStateException(sibling + ": cannot be copied");
        }
        try {
            Files.copy(index(sibling), index(directory), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        new UserGit(directory).run("-c", "core.checkStat=minimal", "update-index", "-q", "--refresh");
    }

    private static Path index(Path worktree) {
        return Path.of(new UserGit(worktree).run("rev-parse", "--absolute-git-dir"))
                .resolve("index");
    }

    private static int run(String... command) {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void look(Way way, Path directory, List<Duration> times) {
        List<String> command = new ArrayList<>(way.settings());
        command.addAll(List.of("status", "--porcelain"));
        long start = System.nanoTime();
        String changes = new UserGit(directory).run(command.toArray(String[]::new));
        times.add(Duration.ofNanos(System.nanoTime() - start));
        if (!changes.isEmpty()) {
            throw new IllegalStateException(way + ": the worktree is not what was to be made: " + changes);
        }
    }

    private List<SpeedLine> lines() {
        times.values()
                .forEach(taken -> List.of(taken.made(), taken.looked(), taken.lookedAgain())
                        .forEach(all -> all.remove(0)));
        Times plain = times.getOrDefault(Way.GIT, new Times());
        List<SpeedLine> lines = new ArrayList<>();
        times.forEach((way, taken) -> {
            lines.add(SpeedLine.of(way.title, taken.made(), PLAIN, plain.made()));
            lines.add(SpeedLine.of(way.title + ", git status", taken.looked(), "plain", plain.looked()));
            lines.add(SpeedLine.of(way.title + ", again", taken.lookedAgain(), "plain", plain.lookedAgain()));
        });
        return lines;
    }
}
