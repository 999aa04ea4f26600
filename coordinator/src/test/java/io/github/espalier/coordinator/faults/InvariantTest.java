package io.github.espalier.coordinator.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.espalier.worktree.TestRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A check that never complains shows nothing: this one does. */
class InvariantTest {
    @TempDir
    Path folder;

    private TestRepository repository;
    private Snapshot before;

    @BeforeEach
    void prepare() throws IOException {
        Scenario.CONFLICT.prepare(folder);
        repository = TestRepository.at(Scenario.repository(folder));
        before = Snapshot.of(Scenario.CONFLICT, folder);
    }

    private List<String> violations() throws IOException {
        return Invariant.violations(Scenario.CONFLICT, folder, before);
    }

    private void assertViolated(String message) throws IOException {
        assertThat(violations()).singleElement().asString().contains(message);
    }

    private String write(String content) {
        repository.write("users.ign", content);
        return repository.git("hash-object", "-w", "users.ign");
    }

    @Test
    void holdsWhereNothingHappened() throws IOException {
        assertThat(violations()).isEmpty();
    }

    @Test
    void missesContentThatOnlyAnUnreachableObjectHolds() throws IOException {
        Files.writeString(folder.resolve("claims"), write("lost") + "\n");
        repository.write("users.ign", "ignored\n");

        assertViolated("lost: content");
    }

    @Test
    void seesARoomWhoseOwnerIsDead() throws IOException {
        Path room = repository.directory().resolve(".git/espalier/rescue-1");
        Files.createDirectories(room);
        Files.createFile(room.resolve("owner.lock"));

        assertViolated("a room is left: " + room);
    }

    @Test
    void seesARefThatKeepsALandingInTheMaking() throws IOException {
        repository.git("update-ref", "refs/espalier/landing/run/1", "HEAD");

        assertViolated("refs of landings are left");
    }

    @Test
    void findsContentInAWorktreeALinkAnIndexAndOnADetachedHead() throws IOException {
        Path linked = folder.resolve("linked");
        repository.git("worktree", "add", "-q", "--detach", linked.toString());
        TestRepository worktree = TestRepository.at(linked);
        StringBuilder claims = new StringBuilder();
        for (String name : List.of("committed", "staged", "untracked")) {
            worktree.write(name, name + " by an agent\n");
            claims.append(worktree.git("hash-object", name)).append('\n');
            if (name.equals("committed")) {
                worktree.commit("detached");
            } else if (name.equals("staged")) {
                worktree.git("add", name);
            }
        }
        Files.delete(linked.resolve("staged"));
        Files.createSymbolicLink(linked.resolve("link"), Path.of("by an agent too"));
        Path target = Files.writeString(folder.resolve("target"), "by an agent too");
        claims.append(worktree.git("hash-object", target.toString())).append('\n');
        Files.writeString(folder.resolve("claims"), claims);

        assertThat(violations()).isEmpty();
        repository.git("worktree", "remove", "--force", linked.toString());
        assertThat(violations()).hasSize(4).allMatch(violation -> violation.startsWith("lost: "));
    }

    @Test
    void missesACommitFromBefore() throws IOException {
        repository.git("tag", "-d", "v1");
        repository.git("branch", "-D", "other");

        assertViolated("a commit from before");
    }

    @Test
    void noticesAnUnverifiedLanding() throws IOException {
        String commit = repository.git("commit-tree", "-p", Scenario.TARGET, "-m", "unverified", "other^{tree}");
        repository.git("update-ref", "refs/heads/" + Scenario.TARGET, commit);

        assertViolated("unverified tree");
    }

    @Test
    void noticesATargetThatWentBack() throws IOException {
        repository.git("branch", "-f", Scenario.TARGET, "other");
        Snapshot later = Snapshot.of(Scenario.CONFLICT, folder);
        repository.git("branch", "-f", Scenario.TARGET, "main");

        assertThat(Invariant.violations(Scenario.CONFLICT, folder, later))
                .singleElement()
                .asString()
                .contains("went from");
    }

    @Test
    void noticesWhatATaskLeftInAWorktreeThatWaits() throws IOException {
        Path room = repository.directory().resolve(".git/espalier/pool-1");
        repository.git("worktree", "add", "-q", "--detach", room.resolve("tree").toString());
        Files.createFile(room.resolve("kept"));
        assertThat(violations()).isEmpty();
        Files.writeString(room.resolve("tree/left.ign"), "left");

        assertViolated("waits for its next task holds");
    }

    @Test
    void noticesAnEditInTheUsersCheckout() throws IOException {
        repository.write("users-new.txt", "somebody else's\n");

        assertViolated("the user's checkout");
    }

    @Test
    void noticesALockARegistrationAndDamage() throws IOException {
        Files.createFile(repository.directory().resolve(".git/refs/heads/other.lock"));
        assertViolated("a lock is left");
        Files.delete(repository.directory().resolve(".git/refs/heads/other.lock"));

        repository.git("worktree", "add", "-q", folder.resolve("linked").toString(), "other");
        Files.move(folder.resolve("linked"), folder.resolve("moved"));
        assertViolated("points nowhere");
        Files.move(folder.resolve("moved"), folder.resolve("linked"));

        Path head = repository.directory().resolve(".git/worktrees/linked/HEAD");
        Files.writeString(head, "0".repeat(40) + "\n");
        assertThat(violations()).anyMatch(violation -> violation.contains("points at nothing"));
    }

    @Test
    void noticesAProcessThatIsLeft() throws Exception {
        ProcessBuilder builder = new ProcessBuilder("sleep", "60");
        builder.environment().put("ESPALIER_WORKTREE", folder.resolve("linked").toString());
        Process process = builder.start();
        try {
            // at first the kernel has no environment to show
            await().untilAsserted(() -> assertViolated("lives"));
        } finally {
            process.destroyForcibly().waitFor();
        }
    }
}
