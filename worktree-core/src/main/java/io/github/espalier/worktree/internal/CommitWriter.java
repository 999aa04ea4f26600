package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.Signing;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes commits that are to be published, signed where that is asked for. Immutable and thread-safe. */
final class CommitWriter {
    private static final Pattern PERSON = Pattern.compile("(.*?) ?<(.*)> (-?\\d+ [+-]\\d{4})", Pattern.DOTALL);

    private final GitRepository repository;
    private final Signing signing;

    CommitWriter(GitRepository repository, Signing signing) {
        this.repository = repository;
        this.signing = signing;
    }

    boolean signs() {
        return signing.signs();
    }

    /** Writes the object; returns its id. Git signs what it makes itself, and texts in UTF-8 only. */
    String write(RawCommit commit) {
        Matcher author = PERSON.matcher(commit.authorInUtf8());
        Matcher committer = PERSON.matcher(commit.committerInUtf8());
        if (!signing.signs() || !author.matches() || !committer.matches()) {
            return commit.write(repository);
        }
        GitCommand command = Git.of(repository)
                .command(arguments(commit))
                .config(signing.settings())
                .config("i18n.commitEncoding", "UTF-8")
                .environment("GIT_AUTHOR_NAME", text(author.group(1)))
                .environment("GIT_AUTHOR_EMAIL", text(author.group(2)))
                .environment("GIT_AUTHOR_DATE", "@" + author.group(3))
                .environment("GIT_COMMITTER_NAME", text(committer.group(1)))
                .environment("GIT_COMMITTER_EMAIL", text(committer.group(2)))
                .environment("GIT_COMMITTER_DATE", "@" + committer.group(3))
                .input(commit.messageInUtf8());
        return command.run().line();
    }

    private static String[] arguments(RawCommit commit) {
        List<String> arguments = new ArrayList<>(List.of("commit-tree", "-S", commit.tree()));
        commit.parents().forEach(parent -> {
            arguments.add("-p");
            arguments.add(parent);
        });
        arguments.add("-F");
        arguments.add("-");
        return arguments.toArray(String[]::new);
    }

    private static String text(String bytes) {
        return RawCommit.text(bytes);
    }
}
