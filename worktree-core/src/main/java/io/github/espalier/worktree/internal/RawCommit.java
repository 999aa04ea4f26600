package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.Identity;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.time.Clock;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A commit object, byte for byte. Its texts hold one character for each byte (ISO 8859-1), whatever the bytes mean, so that
 * what is read is what is written; and where git writes it, it goes there by standard input, so that no locale can change it
 * on the way.
 *
 * @param tree its tree
 * @param parents its parents
 * @param author the author with the date
 * @param committer the committer with the date
 * @param encoding what the {@code encoding} header says; empty: UTF-8
 * @param message the message
 */
record RawCommit(
        String tree, List<String> parents, String author, String committer, Optional<String> encoding, String message) {
    private static final Charset BYTES = StandardCharsets.ISO_8859_1;
    private static final DateTimeFormatter OFFSET = DateTimeFormatter.ofPattern("xx", Locale.ROOT);

    /** A commit with a message of our own, which ends in a line break as git's do. */
    static RawCommit of(String tree, List<String> parents, String author, String committer, String message) {
        String line = message.endsWith("\n") ? message : message + "\n";
        return new RawCommit(tree, parents, author, committer, Optional.empty(), bytes(line));
    }

    /** A person and the time, as commits have them. */
    static String person(Identity identity, Clock clock) {
        ZonedDateTime now = ZonedDateTime.now(clock);
        return bytes(identity.name() + " <" + identity.email() + "> " + now.toEpochSecond() + " " + OFFSET.format(now));
    }

    private static String bytes(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), BYTES);
    }

    static RawCommit parse(byte[] object) {
        String text = new String(object, BYTES);
        int headerEnd = text.indexOf("\n\n");
        String header = headerEnd < 0 ? text : text.substring(0, headerEnd);
        String message = headerEnd < 0 ? "" : text.substring(headerEnd + 2);
        String tree = "";
        String author = "";
        String committer = "";
        Optional<String> encoding = Optional.empty();
        List<String> parents = new ArrayList<>();
        for (String line : header.split("\n", -1)) {
            int blank = line.indexOf(' ');
            String value = line.substring(blank + 1);
            switch (blank < 0 ? "" : line.substring(0, blank)) {
                case "tree" -> tree = value;
                case "parent" -> parents.add(value);
                case "author" -> author = value;
                case "committer" -> committer = value;
                case "encoding" -> encoding = Optional.of(value);
                default -> {
                    // a signature, a merged tag, or the like: it does not outlive a change
                }
            }
        }
        return new RawCommit(tree, List.copyOf(parents), author, committer, encoding, message);
    }

    /** The same author, date, encoding and message elsewhere. */
    RawCommit again(String newTree, List<String> newParents, String newCommitter) {
        return new RawCommit(newTree, newParents, author, inOwnEncoding(newCommitter), encoding, message);
    }

    /** The author without the date. */
    String authorNameInUtf8() {
        String author = text(authorInUtf8());
        return author.substring(0, author.lastIndexOf('>') + 1);
    }

    String authorInUtf8() {
        return charset()
                .map(charset -> bytes(new String(author.getBytes(BYTES), charset)))
                .orElse(author);
    }

    String committerInUtf8() {
        return charset()
                .map(charset -> bytes(new String(committer.getBytes(BYTES), charset)))
                .orElse(committer);
    }

    String messageInUtf8() {
        return charset()
                .map(charset -> new String(message.getBytes(BYTES), charset))
                .orElseGet(() -> text(message));
    }

    /** What bytes mean in UTF-8. */
    static String text(String bytes) {
        return new String(bytes.getBytes(BYTES), StandardCharsets.UTF_8);
    }

    private String inOwnEncoding(String utf8) {
        String text = new String(utf8.getBytes(BYTES), StandardCharsets.UTF_8);
        return charset()
                .filter(charset -> charset.newEncoder().canEncode(text))
                .map(charset -> new String(text.getBytes(charset), BYTES))
                .orElse(utf8);
    }

    private Optional<Charset> charset() {
        try {
            return encoding.map(Charset::forName).filter(Charset::canEncode);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return Optional.empty();
        }
    }

    /** Writes the object; returns its id. */
    String write(GitRepository repository) {
        byte[] object = object();
        return LooseObject.commit(repository, repository.commonDirectory().resolve("objects"), object)
                .orElseGet(() -> Git.of(repository)
                        .command("hash-object", "-t", "commit", "-w", "--stdin")
                        .input(object)
                        .run()
                        .line());
    }

    /** What the object holds. */
    byte[] object() {
        StringBuilder text = new StringBuilder("tree ").append(tree).append('\n');
        parents.forEach(parent -> text.append("parent ").append(parent).append('\n'));
        text.append("author ").append(author).append('\n');
        text.append("committer ").append(committer).append('\n');
        encoding.ifPresent(name -> text.append("encoding ").append(name).append('\n'));
        text.append('\n').append(message);
        return text.toString().getBytes(BYTES);
    }
}
