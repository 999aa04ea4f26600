package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.GitRepository;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.Repository;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a repository's files are as gitrepository-layout(5) has them where nothing is configured that would have git write
 * them otherwise: what has a fixed form there can be written in this process, which saves a git process that takes many
 * times as long. Everywhere else git writes. Looks anew at each call.
 */
final class PlainRepository {
    private static final Logger log = LoggerFactory.getLogger(PlainRepository.class);
    private static final Set<String> KNOWN_EXTENSIONS = Set.of("objectformat");

    private PlainRepository() {}

    static boolean is(GitRepository repository) {
        Path common = repository.commonDirectory();
        if (File.separatorChar != '/'
                || !repository.objectFormat().equals("sha1")
                || Stream.of("reftable", "config.worktree")
                        .anyMatch(name -> Files.exists(common.resolve(name), LinkOption.NOFOLLOW_LINKS))) {
            return false;
        }
        try (Repository opened = KeptRepositories.open(common)) {
            return isPlain(opened.getConfig());
        } catch (IOException | RuntimeException e) {
            log.atDebug().addKeyValue("repository", common).setCause(e).log("Its configuration cannot be read here");
            return false;
        }
    }

    private static boolean isPlain(Config config) {
        return config.getNames("extensions").stream()
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .allMatch(KNOWN_EXTENSIONS::contains)
                && Stream.of("sharedRepository", "fsync", "fsyncMethod", "fsyncObjectFiles")
                        .allMatch(name -> config.getString("core", null, name) == null)
                && config.getString("worktree", null, "useRelativePaths") == null;
    }
}
