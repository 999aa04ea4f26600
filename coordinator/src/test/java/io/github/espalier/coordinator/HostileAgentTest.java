package io.github.espalier.coordinator;

import static io.github.espalier.coordinator.TestHost.TARGET;
import static io.github.espalier.coordinator.TestHost.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.espalier.worktree.CheckoutFingerprint;
import io.github.espalier.worktree.TestRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An agent plants a program wherever git could be made to run one. Meanwhile and afterwards others work and land, with
 * uncommitted files, a merge of one file, a verification, a checkout of the target to bring forward, and worktrees to add
 * and remove. Nothing planted may run, and no work may be lost.
 */
@Timeout(180)
class HostileAgentTest extends HostTest {
    private static final String HOOKS = "applypatch-msg pre-applypatch post-applypatch pre-commit pre-merge-commit"
            + " prepare-commit-msg commit-msg post-commit pre-rebase post-checkout post-merge pre-push pre-receive update"
            + " proc-receive post-receive post-update reference-transaction push-to-checkout pre-auto-gc post-rewrite"
            + " sendemail-validate fsmonitor-watchman post-index-change";
    private static final String PLANT_HOOKS = "for h in " + HOOKS + "; do cp $EVIL $DIR/$h; done; ";
    private static final String FILTER =
            "git config filter.%1$s.clean \"$EVIL\"; git config filter.%1$s.smudge \"$EVIL\"; ";
    private static final String ALL_FILES = "echo '* filter=%1$s diff=%1$s merge=%1$s' >> $COMMON/info/attributes; ";
    private static final String PROMISOR = "git config core.repositoryFormatVersion 1;"
            + " git config extensions.partialClone evil; git config remote.evil.promisor true; ";
    private static final String GHOST = "git add a.txt;"
            + " git update-index --add --cacheinfo 100644,$(printf %040d 7),ghost.txt; git update-index --skip-worktree ghost.txt;"
            + " git update-ref HEAD $(git commit-tree -m ghost -p HEAD $(git write-tree --missing-ok)); ";

    /** Git's own answer to "who runs me": every setting that names a program. */
    private static final String HOSTILE_CONFIG =
            "[core]\\n\\tfsmonitor = $EVIL\\n\\thooksPath = $EVIL.d\\n\\teditor = $EVIL\\n"
                    + "\\tpager = $EVIL\\n[filter \"evil\"]\\n\\tclean = $EVIL\\n\\tsmudge = $EVIL\\n[diff]\\n\\texternal = $EVIL\\n"
                    + "[merge \"evil\"]\\n\\tdriver = $EVIL\\n[gpg]\\n\\tprogram = $EVIL\\n[commit]\\n\\tgpgSign = true\\n";

    private static final Map<String, String> PLANTS = Map.ofEntries(
            Map.entry("hooks", "DIR=$COMMON/hooks; mkdir -p $DIR; " + PLANT_HOOKS),
            Map.entry("hooksPath", "DIR=$EVIL.d; mkdir -p $DIR; " + PLANT_HOOKS + "git config core.hooksPath $DIR"),
            Map.entry("fsmonitor", "git config core.fsmonitor $EVIL; git config core.untrackedCache true"),
            Map.entry("filter", (FILTER + ALL_FILES).formatted("evil") + "git config filter.evil.required true"),
            Map.entry("filter-process", "git config filter.evil.process $EVIL; " + ALL_FILES.formatted("evil")),
            Map.entry("filter-with-equals", (FILTER + ALL_FILES).formatted("e=vil")),
            Map.entry("filter-of-the-tree", FILTER.formatted("evil") + "echo '* filter=evil' > .gitattributes"),
            Map.entry(
                    "filter-on-one-branch",
                    "printf \"" + HOSTILE_CONFIG.replace("\"", "\\\"") + "\" > $EVIL.config;"
                            + " git config 'includeIf.onbranch:feature/**.path' $EVIL.config; "
                            + ALL_FILES.formatted("evil")),
            Map.entry(
                    "diff",
                    "git config diff.external $EVIL; git config diff.evil.command $EVIL;"
                            + " git config diff.evil.textconv $EVIL; " + ALL_FILES.formatted("evil")),
            Map.entry(
                    "merge",
                    "git config merge.evil.driver \"$EVIL %A\"; git config merge.default evil; "
                            + ALL_FILES.formatted("evil")),
            Map.entry(
                    "merge-renormalize",
                    "git config merge.renormalize true; " + (FILTER + ALL_FILES).formatted("evil")),
            Map.entry(
                    "editor",
                    "for k in core.editor sequence.editor core.pager core.askPass credential.helper; do"
                            + " git config $k $EVIL; done"),
            Map.entry(
                    "signing",
                    "git config commit.gpgSign true; git config tag.gpgSign true; git config gpg.program $EVIL;"
                            + " git config gpg.ssh.program $EVIL; git config log.showSignature true"),
            Map.entry(
                    "alias",
                    "for a in add commit status reset worktree update-ref merge-tree; do"
                            + " git config alias.$a \"!$EVIL\"; done"),
            Map.entry(
                    "sshCommand",
                    GHOST + PROMISOR + "git config core.sshCommand $EVIL; git config remote.evil.url ssh://evil/x"),
            Map.entry(
                    "transport",
                    GHOST + PROMISOR
                            + "git config protocol.ext.allow always; git config remote.evil.url \"ext::$EVIL\""),
            Map.entry(
                    "config.worktree",
                    "git config extensions.worktreeConfig true; printf \"" + HOSTILE_CONFIG.replace("\"", "\\\"")
                            + "[core]\\n\\tworktree = $EVIL.d\\n\" > $(git rev-parse --git-dir)/config.worktree;"
                            + " echo '* filter=evil' > .gitattributes"),
            Map.entry("core.worktree", "git config core.worktree /nowhere"),
            Map.entry("core.bare", "git config core.bare true"),
            Map.entry(
                    "include",
                    "printf \"" + HOSTILE_CONFIG.replace("\"", "\\\"") + "\" > $EVIL.config;"
                            + " git config include.path $EVIL.config; " + ALL_FILES.formatted("evil")),
            Map.entry(
                    "git-file",
                    "git init -q $EVIL.repo; printf \"" + HOSTILE_CONFIG.replace("\"", "\\\"")
                            + "\" >> $EVIL.repo/.git/config; echo '* filter=evil' > .gitattributes;"
                            + " echo \"gitdir: $EVIL.repo/.git\" > .git"),
            Map.entry(
                    "commondir",
                    "cp -r $COMMON $EVIL.repo; printf \"" + HOSTILE_CONFIG.replace("\"", "\\\"")
                            + "\" >> $EVIL.repo/config; echo '* filter=evil' > .gitattributes;"
                            + " echo $EVIL.repo > $(git rev-parse --git-dir)/commondir"),
            Map.entry(
                    "submodule",
                    "git init -q sub; (cd sub; echo x > f; git add f; git -c user.name=x -c user.email=x commit -qm x);"
                            + " git -c advice.addEmbeddedRepo=false add sub; printf \""
                            + HOSTILE_CONFIG.replace("\"", "\\\"")
                            + "\" >> sub/.git/config; echo '* filter=evil' > sub/.gitattributes; echo y > sub/f;"
                            + " git config submodule.recurse true; git config diff.submodule log;"
                            + " git config status.submoduleSummary true"),
            Map.entry("grafts", "echo $(git rev-parse HEAD) > $COMMON/info/grafts"));

    private Path evil;
    private Path marker;

    static Stream<String> plants() {
        return PLANTS.keySet().stream().sorted();
    }

    @BeforeEach
    void makeHost() throws IOException {
        marker = folder.resolve("marker");
        evil = Files.writeString(
                folder.resolve("evil"),
                "#!/bin/sh\necho \"$0 $*, by $(tr '\\0' ' ' < /proc/$PPID/cmdline)\" >> '" + marker + "'\nexec cat\n");
        assertThat(evil.toFile().setExecutable(true)).isTrue();
        host.repository().git("worktree", "add", "-q", folder.resolve("users").toString(), TARGET);
    }

    /** One plants; a second works beside it and edits the same file; a third starts when the first is over. */
    private String script(String plant) {
        String flag = folder.resolve("planted").toString();
        return "COMMON=$(git rev-parse --path-format=absolute --git-common-dir); EVIL='" + evil + "'\n"
                + "case $ESPALIER_TASK in\n"
                + "a) echo a > a.txt; printf 'a\\n# Test\\n' > README.md; touch src/*; (" + plant + "\n); touch '"
                + flag
                + "' ;;\n"
                + "b) while [ ! -e '" + flag
                + "' ]; do sleep 0.02; done; echo b > b.txt; echo '# Beta' > README.md ;;\n"
                + "c) echo c > c.txt; echo 'class App { int c; }' > src/App.java ;;\n"
                + "esac";
    }

    @ParameterizedTest
    @MethodSource("plants")
    void runsNothingThatAnAgentPlanted(String plant) throws IOException {
        CheckoutFingerprint before = CheckoutFingerprint.of(host.repository().directory());
        byte[] config = Files.readAllBytes(host.git("config"));

        RunReport report = host.builder(script(Objects.requireNonNull(PLANTS.get(plant))))
                .verify(Verification.command("true"))
                .keepWorktrees(false)
                .build()
                .run(List.of(task("a", "a.txt", "both.txt"), task("b", "b.txt"), task("c", "c.txt", "both.txt")));

        assertThat(ran()).isEmpty();
        Files.write(host.git("config"), config);
        for (String planted : List.of("hooks", "info/attributes", "info/grafts", "config.worktree")) {
            if (Files.exists(host.git(planted))) {
                Files.move(host.git(planted), folder.resolve("aside-" + planted.replace('/', '-')));
            }
        }
        assertThat(CheckoutFingerprint.of(host.repository().directory())).isEqualTo(before);
        assertThat(TestRepository.at(folder.resolve("users")).git("status", "--porcelain"))
                .isEmpty();
        for (String task : List.of("a", "b", "c")) {
            assertThat(saved(report.task(task)))
                    .as("work of %s: %s", task, report)
                    .contains(task);
        }
    }

    /** Of each time that something planted was run, its name and arguments, and who its parent was. */
    private String ran() throws IOException {
        return Files.exists(marker) ? Files.readString(marker) : "";
    }

    /** A task's file, from wherever the report says that its work is. */
    private Optional<String> saved(TaskReport task) {
        return Stream.of(
                        Optional.of(TARGET).filter(target -> task.outcome().success()),
                        task.rescue(),
                        task.branch().filter(branch -> !task.outcome().success()))
                .flatMap(Optional::stream)
                .filter(ref -> !host.repository()
                        .git("ls-tree", ref, "--", task.id() + ".txt")
                        .isEmpty())
                .findFirst()
                .map(ref -> host.repository().git("show", ref + ":" + task.id() + ".txt"));
    }
}
