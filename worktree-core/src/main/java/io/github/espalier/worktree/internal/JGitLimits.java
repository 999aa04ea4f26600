package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.UnsupportedMergeException;
import io.github.espalier.worktree.UnsupportedMergeException.Reason;
import java.io.IOException;
import org.eclipse.jgit.attributes.Attribute;
import org.eclipse.jgit.attributes.Attributes;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.Repository;

/** What JGit would merge otherwise than git does, or cannot read. */
final class JGitLimits {
    private final GitRepository repository;

    JGitLimits(GitRepository repository) {
        this.repository = repository;
    }

    void checkObjectFormat() {
        if (!repository.objectFormat().equals("sha1")) {
            throw refusal(Reason.SHA256, "");
        }
    }

    void check(Repository objects) throws IOException {
        Config config = objects.getConfig();
        if (config.getString("extensions", null, "partialClone") != null) {
            throw refusal(Reason.PARTIAL_CLONE, "");
        }
        for (String remote : config.getSubsections("remote")) {
            if (config.getBoolean("remote", remote, "promisor", false)) {
                throw refusal(Reason.PARTIAL_CLONE, "remote " + remote);
            }
        }
        if (config.getBoolean("merge", "renormalize", false)) {
            throw refusal(Reason.RENORMALIZE, "");
        }
        if (!objects.getRefDatabase().getRefsByPrefix("refs/replace/").isEmpty()) {
            throw refusal(Reason.REPLACED_OBJECTS, "");
        }
    }

    /** Refuses a path that both sides changed and that git would hand to a program. */
    void checkDriver(Config config, Attributes attributes, String path) {
        Attribute merge = attributes.get("merge");
        String driver;
        if (merge == null) {
            driver = config.getString("merge", null, "default");
        } else {
            driver = merge.getState() == Attribute.State.CUSTOM ? merge.getValue() : null;
        }
        if (driver != null && config.getSubsections("merge").contains(driver)) {
            throw refusal(Reason.MERGE_DRIVER, path + ", merge=" + driver);
        }
    }

    UnsupportedMergeException refusal(Reason reason, String detail) {
        return new UnsupportedMergeException(repository.commonDirectory(), reason, detail);
    }

    UnsupportedMergeException refusal(Reason reason, String detail, Throwable cause) {
        UnsupportedMergeException refusal = refusal(reason, detail);
        refusal.initCause(cause);
        return refusal;
    }
}
