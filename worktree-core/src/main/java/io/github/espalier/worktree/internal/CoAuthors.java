package io.github.espalier.worktree.internal;

import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Names in a message those whose work a commit holds without being its author, in the form that forges read. */
final class CoAuthors {
    private static final Pattern TRAILER = Pattern.compile("[A-Za-z0-9-]+: .*");

    private CoAuthors() {}

    /** The message with a trailer for each; they join the trailers that are there. */
    static String in(String message, Collection<String> authors) {
        String body = message.stripTrailing();
        String last = body.substring(body.lastIndexOf("\n\n") + 1).strip();
        List<String> lines = last.lines().toList();
        boolean trailers = body.contains("\n\n")
                && lines.stream().allMatch(line -> TRAILER.matcher(line).matches());
        return body
                + (trailers ? "\n" : "\n\n")
                + authors.stream()
                        .map(author -> "Co-authored-by: " + author + "\n")
                        .collect(Collectors.joining());
    }
}
