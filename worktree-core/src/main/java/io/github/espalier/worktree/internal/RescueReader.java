package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.Identity;
import io.github.espalier.worktree.RescueMessage;
import io.github.espalier.worktree.RescuedWork;
import io.github.espalier.worktree.Rescues;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells from refs and commits what rescues there are. Not thread-safe. */
final class RescueReader {
    private static final List<Integer> ID_LENGTHS = List.of(10, 16, 24, 64);
    private static final Pattern DATE = Pattern.compile("> (\\d{1,12}) [+-]\\d{4}$");
    private static final Pattern LOGGED = Pattern.compile("@\\{(\\d{1,12})}$");

    private final Git git;

    RescueReader(Git git) {
        this.git = git;
    }

    List<RescuedWork> read(Map<String, String> refs) {
        Map<String, byte[]> contents = ObjectReader.read(git, new HashSet<>(refs.values()));
        Map<String, String> ids = ids(refs);
        List<RescuedWork> works = new ArrayList<>();
        refs.forEach((ref, commit) -> {
            Optional<RawCommit> content =
                    Optional.ofNullable(contents.get(commit)).map(RawCommit::parse);
            Optional<RawCommit> sound = content.filter(raw -> Names.isObjectId(raw.tree()));
            Optional<RescueMessage> message =
                    sound.filter(RescueReader::isOurs).flatMap(raw -> RescueMessage.parse(utf8(raw.message())));
            works.add(new RescuedWork(
                    ids.getOrDefault(ref, ref),
                    ref,
                    commit,
                    sound.flatMap(raw -> raw.parents().stream().findFirst()),
                    message.map(RescueMessage::time).or(() -> logged(ref)).or(() -> sound.flatMap(RescueReader::date)),
                    message));
        });
        return works;
    }

    /** For each ref the first of its names that no other ref has too. */
    private static Map<String, String> ids(Map<String, String> refs) {
        Map<String, Integer> uses = new HashMap<>();
        refs.forEach((ref, commit) -> names(ref, commit).forEach(name -> uses.merge(name, 1, Integer::sum)));
        Map<String, String> ids = new HashMap<>();
        refs.forEach((ref, commit) -> names(ref, commit).stream()
                .filter(name -> uses.getOrDefault(name, 0) == 1)
                .findFirst()
                .ifPresent(name -> ids.put(ref, name)));
        return ids;
    }

    private static Set<String> names(String ref, String commit) {
        Set<String> names = new LinkedHashSet<>();
        ID_LENGTHS.forEach(length -> names.add(commit.substring(0, Math.min(length, commit.length()))));
        names.add(ref.substring(Rescues.PREFIX.length()));
        names.add(ref);
        return names;
    }

    /** A rescue that somebody cherry-picked says when the rescue was made, not when the new commit was. */
    private static boolean isOurs(RawCommit commit) {
        return commit.committer().startsWith(Identity.DEFAULT.name() + " <" + Identity.DEFAULT.email() + "> ");
    }

    /** A commit made elsewhere can be much older than its rescue. */
    private Optional<Instant> logged(String ref) {
        String line = git.command("log", "-g", "-1", "--date=unix", "--no-show-signature", "--format=%gd", ref)
                .accept(128)
                .run()
                .line();
        return seconds(LOGGED.matcher(line));
    }

    private static Optional<Instant> date(RawCommit commit) {
        return seconds(DATE.matcher(commit.committer()));
    }

    private static Optional<Instant> seconds(Matcher matcher) {
        return matcher.find() ? Optional.of(Instant.ofEpochSecond(Long.parseLong(matcher.group(1)))) : Optional.empty();
    }

    private static String utf8(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
