package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.TrustedConfiguration;
import io.github.espalier.worktree.WorktreeException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A snapshot by {@code git config --list}, of which commands get copies. */
public final class ConfigurationSnapshot implements TrustedConfiguration {
    private static final Pattern RELATED = Pattern.compile(
            "filter\\..*|core\\.(autocrlf|eol|safecrlf|attributesfile)", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

    private final GitRepository repository;
    private final Configuration configuration;
    private final boolean known;
    private volatile boolean keeps;
    private final Deque<Room> kept = new ArrayDeque<>();

    private ConfigurationSnapshot(GitRepository repository, Configuration configuration, boolean known, boolean keeps) {
        this.repository = repository;
        this.configuration = configuration;
        this.known = known;
        this.keeps = keeps;
    }

    /** What is configured now. */
    public static ConfigurationSnapshot of(GitRepository repository) {
        Configuration now =
                Configuration.of(Configuration.listing(Git.of(repository)).run());
        return new ConfigurationSnapshot(repository, now, true, false);
    }

    /** What is configured now, if it is known by this digest. */
    public static ConfigurationSnapshot of(GitRepository repository, String digest) {
        ConfigurationSnapshot now = of(repository);
        boolean known = now.digest().equals(digest) || now.related().isEmpty();
        return new ConfigurationSnapshot(repository, now.configuration, known, false);
    }

    @Override
    public boolean isKnown() {
        return known;
    }

    @Override
    public String digest() {
        try {
            byte[] text = related().toString().getBytes(StandardCharsets.ISO_8859_1);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Whether a key, in small letters, has a value. */
    boolean configures(String key) {
        return configuration.all().anyMatch(setting -> setting.key().equals(key));
    }

    /** What a key, in small letters, is set to last. */
    Optional<String> value(String key) {
        return configuration
                .all()
                .filter(setting -> setting.key().equals(key))
                .reduce((first, second) -> second)
                .flatMap(Configuration.Setting::value);
    }

    private Map<String, String> related() {
        Map<String, String> related = new TreeMap<>();
        configuration
                .all()
                .filter(setting -> RELATED.matcher(setting.key()).matches())
                .forEach(setting -> related.put(setting.key(), setting.value().orElse("true")));
        return related;
    }

    /** The same, but a merge driver makes a conflict of whatever it is asked to merge. */
    ConfigurationSnapshot withoutMergeDrivers() {
        return new ConfigurationSnapshot(repository, MergeDrivers.NONE.guard(configuration), known, false);
    }

    @Override
    public TrustedConfiguration kept() {
        return new ConfigurationSnapshot(repository, configuration, known, true);
    }

    @Override
    public synchronized void close() {
        keeps = false;
        kept.forEach(room -> room.folder().close());
        kept.clear();
    }

    /** Where git finds its configuration, for one command or for many. */
    record Room(RoomFolder folder, OwnCommonDirectory common, boolean forMany) implements AutoCloseable {
        @Override
        public void close() {
            if (!forMany) {
                folder.close();
            }
        }
    }

    /**
     * A room for a command, which closes it.
     *
     * @throws IOException if it cannot be made
     * @throws WorktreeException if it is not known what is to be trusted
     */
    Room room() throws IOException {
        if (!known) {
            throw new WorktreeException(repository.commonDirectory()
                    + ": filters were configured or changed since the run began, and may be anybody's; take them out of"
                    + " the configuration, or begin anew if they are yours");
        }
        return keeps ? shared() : make(false);
    }

    private synchronized Room shared() throws IOException {
        Room last = kept.peek();
        if (last != null && last.common().isUntouched()) {
            return last;
        }
        // one that somebody has changed goes when all go: commands may be in it
        Room next = make(keeps);
        if (next.forMany()) {
            kept.push(next);
        }
        return next;
    }

    private Room make(boolean forMany) throws IOException {
        RoomFolder folder = folder();
        try {
            OwnCommonDirectory common = new OwnCommonDirectory(folder.directory(), repository.commonDirectory());
            common.make();
            common.configure(configuration);
            return new Room(folder, common, forMany);
        } catch (IOException | RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    private RoomFolder folder() throws IOException {
        try {
            return RoomFolder.create(repository, RoomFolder.CONFIGURATION);
        } catch (WorktreeException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Which files a checkout leaves out is for it to say, and runs nothing. */
    static List<Configuration.Setting> sparse(Path gitDirectory) {
        Path own = gitDirectory.resolve("config.worktree");
        if (!Files.isRegularFile(own)) {
            return List.of();
        }
        GitResult found = Git.of(gitDirectory)
                .command(
                        "config",
                        "--file",
                        own.toString(),
                        "--no-includes",
                        "-z",
                        "--get-regexp",
                        "^(core\\.sparsecheckout(cone)?|index\\.sparse)$")
                .accept(1)
                .run();
        return Stream.of(RescueRoom.raw(found).split("\0", 0))
                .filter(entry -> !entry.isEmpty())
                .map(Configuration::setting)
                .toList();
    }
}
