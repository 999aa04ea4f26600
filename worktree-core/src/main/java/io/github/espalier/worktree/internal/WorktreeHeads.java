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
import java.util.Set;

/** The commits that only a worktree knows of: HEAD, heads of an unfinished operation, and its log of HEAD. */
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

    private final GitRepository repository;
    private final Refs refs;

    WorktreeHeads(GitRepository repository) {
        this.repository = repository;
        refs = Refs.of(repository);
    }

    String head(Worktree worktree) {
        String head = Git.in(worktree)
                .offline()
                .command("rev-parse", "--verify", "--quiet", "HEAD^{commit}")
                .accept(1, 128)
                .run()
                .line();
        // Without a usable HEAD, the branch is the best that is known of where the content belongs.
        return Names.isObjectId(head) ? head : refs.commit(worktree.ref()).orElse(worktree.base());
    }

    /** Commits besides HEAD that no ref reaches. */
    List<String> unreached(Worktree worktree, String head) throws IOException {
        Set<String> named = new LinkedHashSet<>();
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
        List<String> commits = new ArrayList<>();
        for (String id : named) {
            if (refs.commit(id).isPresent() && !isReached(id, head)) {
                commits.add(id);
            }
        }
        return commits.size() < 2 ? commits : independent(commits);
    }

    /** A failure is no answer: taken for "reached", it would lose the commit. */
    private boolean isReached(String id, String head) {
        Git.Result unreached = Git.of(repository)
                .offline()
                .command("rev-list", "--max-count=1", id, "--not", head, "--branches", "--tags", "--remotes")
                .run();
        return unreached.bytes().length == 0;
    }

    private List<String> independent(List<String> commits) {
        List<String> arguments = new ArrayList<>(List.of("merge-base", "--independent"));
        arguments.addAll(commits);
        return Git.of(repository).offline().command(arguments).run().lines();
    }
}
