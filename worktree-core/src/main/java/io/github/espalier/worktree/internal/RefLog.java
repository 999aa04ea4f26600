package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.GitRepository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.CoreConfig.LogRefUpdates;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;

/** A ref's log, as gitrepository-layout(5) has it. */
final class RefLog {
    private static final String BRANCHES = "refs/heads/";
    private static final String REASON = "espalier";

    private RefLog() {}

    /** Notes a new ref where git would: of our refs only branches have logs, unless all refs have. Under the ref's lock. */
    static void create(GitRepository repository, String ref, String commit) throws IOException {
        Path common = repository.commonDirectory();
        try (Repository opened = KeptRepositories.open(common)) {
            if (!isKept(opened.getConfig(), ref)) {
                return;
            }
            String line = ObjectId.zeroId().name() + " " + commit + " " + new PersonIdent(opened).toExternalString()
                    + "\t" + REASON + "\n";
            Path log = common.resolve("logs").resolve(ref);
            FolderOfGit.makeIn(
                    log.resolveSibling(".").normalize(),
                    () -> Files.writeString(
                            log, line, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
        }
    }

    private static boolean isKept(Config config, String ref) {
        LogRefUpdates usual = config.getBoolean("core", "bare", false) ? LogRefUpdates.FALSE : LogRefUpdates.TRUE;
        return switch (config.getEnum("core", null, "logAllRefUpdates", usual)) {
            case FALSE -> false;
            case TRUE -> ref.startsWith(BRANCHES);
            case ALWAYS -> true;
        };
    }
}
