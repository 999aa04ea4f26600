package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.GitRepository;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One {@code git merge-tree --stdin}, in the room that it found when it started. Not thread-safe.
 *
 * <p>Git writes the end of an answer only when it writes the next one: what it has printed up to there is flushed, the last
 * byte is not. So each question is followed by a second one, to merge our side with itself, which costs git nothing and
 * brings the first answer's end out.
 */
final class MergeServer implements AutoCloseable {
    private static final String CLEAN = "1";
    private static final String CONFLICTED = "0";
    private static final int LONGEST_FILE = 1 << 20;
    /** Git keeps every commit that it has seen in memory. */
    private static final int MOST_MERGES = 2_000;

    private final Setting setting;
    private final MergeRooms.Lease room;
    private final Conversation conversation;
    private int merges;

    private MergeServer(Setting setting, MergeRooms.Lease room, Conversation conversation) {
        this.setting = setting;
        this.room = room;
        this.conversation = conversation;
    }

    /**
     * What the process read when it started, and would not read again.
     *
     * @param attributes our side's attribute files
     * @param files the repository's own settings and attributes; empty: there are none
     */
    record Setting(AttributeFiles attributes, List<Optional<FileState>> files) {
        static Setting of(GitRepository repository, AttributeFiles attributes) {
            Path common = repository.commonDirectory();
            List<Optional<FileState>> files = new ArrayList<>();
            for (String name : List.of("config", "config.worktree", "info/attributes")) {
                files.add(FileState.of(common.resolve(name), LONGEST_FILE));
            }
            return new Setting(attributes, files);
        }
    }

    /**
     * What git says to one merge.
     *
     * @param conflicted whether it is left with conflicts
     * @param output what it printed
     */
    record Answer(boolean conflicted, MergeTreeOutput output) {}

    /** @param room where git is started; given back when this server is closed */
    static MergeServer start(GitRepository repository, Setting setting, MergeRooms.Lease room, Duration timeLimit) {
        try {
            GitCommand command =
                    room.room().command(repository, "merge-tree", "--write-tree", "-z", "--messages", "--stdin");
            return new MergeServer(setting, room, new Conversation(command, '\0', timeLimit));
        } catch (RuntimeException e) {
            room.close();
            throw e;
        }
    }

    /** Whether a new process would answer the same. */
    boolean serves(Setting wanted) {
        return setting.equals(wanted) && merges < MOST_MERGES;
    }

    /**
     * Merges.
     *
     * @throws IOException if git died, did not answer in time, or not as it should; this server is of no more use
     * @throws InterruptedException if this thread was interrupted; likewise
     */
    Answer merge(String ours, String theirs) throws IOException, InterruptedException {
        boolean first = merges++ == 0;
        return conversation.ask(ours + " " + theirs + "\n" + ours + " " + ours + "\n", fields -> {
            if (!first) {
                expect("", fields.next());
            }
            String status = fields.next();
            if (!status.equals(CLEAN)) {
                expect(CONFLICTED, status);
            }
            List<String> record = record(fields);
            expect(CLEAN, fields.next());
            fields.next(); // our own tree
            expect("", fields.next());
            return new Answer(status.equals(CONFLICTED), MergeTreeOutput.parse(record));
        });
    }

    /** A tree, unmerged entries, and messages: see OUTPUT in the manual of git merge-tree. */
    private static List<String> record(Conversation.Fields fields) throws IOException {
        List<String> record = new ArrayList<>();
        for (String field = fields.next(); !field.isEmpty(); field = fields.next()) {
            record.add(field);
        }
        record.add("");
        String count = fields.next();
        while (MergeTreeOutput.isCount(count)) {
            record.add(count);
            for (int rest = Integer.parseInt(count) + 2; rest > 0; rest--) {
                record.add(fields.next());
            }
            count = fields.next();
        }
        record.add(""); // what ended it was either empty or some advice
        return record;
    }

    private static void expect(String expected, String printed) throws IOException {
        if (!printed.equals(expected)) {
            throw new IOException("git merge-tree printed \"" + printed + "\" where \"" + expected + "\" belongs");
        }
    }

    @Override
    public void close() {
        try {
            conversation.close();
        } finally {
            room.close();
        }
    }
}
