package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.Refs;
import io.github.espalier.worktree.Worktree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The commits that only a worktree knows of: HEAD, heads of an unfinished operation, its own refs, and its log of HEAD. */
final class WorktreeHeads {
    private static final List<String> OPERATIONS = List.of(
            "MERGE_HEAD",
            "CHERRY_PICK_HEAD",
            "REVERT_HEAD",
            "REBASE_HEAD",
            "ORIG_HEAD",
            "MERGE_AUTOSTASH",
            "rebase-merge/orig-head",
            "rebase-merge/stopped-sha",
            "rebase-merge/autostash",
            "rebase-apply/orig-head",
            "rebase-apply/autostash",
            "sequencer/head",
            "logs/HEAD");

    private static final List<String> PER_WORKTREE = List.of("refs/worktree", "refs/bisect", "refs/rewritten");

    private static final Predicate<String> NOTHING = Pattern.compile("0+").asMatchPredicate();

    private final GitRepository repository;
    private final Refs refs;

    WorktreeHeads(GitRepository repository) {
        this.repository = repository;
        refs = Refs.of(repository);
    }

    /** The commit that HEAD names; empty: none yet, or one that cannot be read. */
    Optional<String> own(Worktree worktree) {
        String head = registration(worktree)
                .command("rev-parse", "--verify", "--quiet", "HEAD^{commit}")
                .accept(1, 128)
                .run()
                .line();
        return Optional.of(head).filter(Names::isObjectId);
    }

    /** Started elsewhere, because the worktree may be gone, and its registration too. */
    private Git registration(Worktree worktree) {
        return Git.in(worktree.gitDirectory(), repository.commonDirectory()).offline();
    }

    /** Without a usable HEAD, the branch is the best that is known of where the content belongs. */
    String head(Worktree worktree) {
        return own(worktree).or(() -> refs.commit(worktree.ref())).orElse(worktree.base());
    }

    /** Commits besides HEAD that no ref of the whole repository reaches. */
    List<String> unreached(Worktree worktree, String head) throws IOException {
        Set<String> named = new LinkedHashSet<>(perWorktreeRefs(worktree));
        for (String operation : OPERATIONS) {
            Path file = worktree.gitDirectory().resolve(operation);
            if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                for (String word :
                        Files.readString(file, StandardCharsets.ISO_8859_1).split("\\s+", -1)) {
                    if (Names.isObjectId(word)) {
                        named.add(word);
                    }
                }
            }
        }
        named.removeIf(NOTHING); // a log begins with it
        named.removeAll(LocalObjects.reached(repository, head, named)); // for the most part nothing is left
        Set<String> lost = named.isEmpty() ? Set.of() : notReached(commitsAmong(named), head);
        List<String> commits = named.stream().filter(lost::contains).toList();
        return commits.size() < 2 ? commits : independent(commits);
    }

    /** Refs that are each worktree's own and go with its registration. */
    private Set<String> perWorktreeRefs(Worktree worktree) throws IOException {
        if (!Files.exists(repository.commonDirectory().resolve("reftable"))
                && PER_WORKTREE.stream()
                        .noneMatch(name -> Files.exists(worktree.gitDirectory().resolve(name)))) {
            return Set.of();
        }
        GitResult listed = registration(worktree)
                .command(Stream.concat(Stream.of("for-each-ref", "--format=%(objectname)"), PER_WORKTREE.stream())
                        .toList())
                .accept(128)
                .run();
        return listed.exitCode() == 0
                ? new LinkedHashSet<>(listed.lines())
                : looseRefs(worktree.gitDirectory().resolve("refs"));
    }

    /** Git reads no ref of a worktree whose HEAD is damaged. */
    private static Set<String> looseRefs(Path directory) throws IOException {
        Set<String> ids = new LinkedHashSet<>();
        if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
                        .toList()) {
                    ids.add(Files.readString(file, StandardCharsets.ISO_8859_1).strip());
                }
            }
        }
        ids.removeIf(id -> !Names.isObjectId(id));
        return ids;
    }

    /** A log can name what was never here, and what a garbage collection has taken since. */
    private List<String> commitsAmong(Set<String> ids) {
        return Git.of(repository)
                .offline()
                .command("cat-file", "--batch-check=%(objecttype) %(objectname)")
                .input(String.join("\n", ids) + "\n")
                .run()
                .lines()
                .stream()
                .filter(line -> line.startsWith("commit "))
                .map(line -> line.substring("commit ".length()))
                .toList();
    }

    /** A failure is no answer: taken for "reached", it would lose the commit. A branch that is broken reaches nothing. */
    private Set<String> notReached(List<String> commits, String head) {
        if (commits.isEmpty()) {
            return Set.of();
        }
        List<String> arguments = new ArrayList<>(List.of("rev-list", "--stdin", "--ignore-missing", "--not"));
        if (Names.isObjectId(head)) {
            arguments.add(head);
        }
        arguments.addAll(List.of("--branches", "--tags", "--remotes"));
        return Set.copyOf(Git.of(repository)
                .offline()
                .command(arguments)
                .input(String.join("\n", commits) + "\n")
                .run()
                .lines());
    }

    private List<String> independent(List<String> commits) {
        List<String> arguments = new ArrayList<>(List.of("merge-base", "--independent"));
        arguments.addAll(commits);
        return Git.of(repository).offline().command(arguments).run().lines();
    }
}
