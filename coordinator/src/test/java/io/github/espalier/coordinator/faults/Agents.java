package io.github.espalier.coordinator.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What agents and verifications do, as shell scripts. They share a lock while they write, which a {@link SecondUser} heeds. An agent writes down the id of each content once it lies in its
 * worktree: from then on it may not be lost.
 */
final class Agents {
    /** A task's name begins with what its agent does. */
    private static final String AGENT = """
            exec 8> "$2/agents"; flock -s 8
            task=$1 claims=$2/claims git=$FAULT_REAL_GIT
            claim() { for file; do "$git" hash-object --no-filters "$file" >> "$claims"; done; }
            case ${task%%-*} in
            commits)
                echo "first of $task" > "$task.txt"; claim "$task.txt"
                "$git" add -A; "$git" commit -qm "$task: first"
                echo "second of $task" > "$task-more.txt"; claim "$task-more.txt"
                "$git" add -A; "$git" commit -qm "$task: second" ;;
            leaves)
                mkdir -p deep/$task
                echo "untracked of $task" > "deep/$task/new.txt"; claim "deep/$task/new.txt"
                echo "edited by $task" >> "own/$task.txt"; claim "own/$task.txt"
                echo "tool of $task" > "own/$task-tool"; chmod +x "own/$task-tool"; claim "own/$task-tool"
                ln -s "$task.txt" "own/$task-link"
                printf %s "$task.txt" | "$git" hash-object --stdin >> "$claims"
                echo "staged by $task" > "own/$task-staged.txt"; "$git" add "own/$task-staged.txt"
                claim "own/$task-staged.txt"
                echo "ignored" > own/$task.ign
                rm "own/$task-old.txt" ;;
            fails)
                echo "committed by $task" > "$task.txt"; claim "$task.txt"
                "$git" add -A; "$git" commit -qm "$task: half"
                echo "only staged by $task" > "own/$task-index.txt"; "$git" add "own/$task-index.txt" || exit 4
                claim "own/$task-index.txt"; rm "own/$task-index.txt"
                echo "edited by $task" >> "own/$task.txt"; claim "own/$task.txt"
                echo "untracked of $task" > "$task-new.txt"; claim "$task-new.txt"
                exit 3 ;;
            detaches)
                "$git" checkout -q --detach
                echo "detached by $task" > "$task.txt"; claim "$task.txt"
                "$git" add -A; "$git" commit -qm "$task: detached"
                echo "uncommitted by $task" > "$task-new.txt"; claim "$task-new.txt" ;;
            clashes)
                echo "$task was here" > shared.txt; claim shared.txt
                "$git" commit -qam "$task: shared"
                echo "left by $task" > "$task-left.txt"; claim "$task-left.txt" ;;
            bad)
                echo "$task" > bad.txt; claim bad.txt
                "$git" add -A; "$git" commit -qm "$task: bad" ;;
            edits)
                echo "line of $task" >> edited.txt; claim edited.txt
                "$git" commit -qam "$task: edited" ;;
            overlaps)
                echo "$task was here" > shared.txt; claim shared.txt
                echo "begun by $task" > "$task.txt"; claim "$task.txt"
                flock -u 8; exec 7> "$2/at-$task"; flock 7
                other=$2/at-overlaps-$((3 - ${task#*-})); n=0
                until test -e "$other" || test $n -ge 30; do sleep 0.1; n=$((n + 1)); done
                flock -w 3 "$other" true; flock -s 8
                "$git" add -A; "$git" commit -qm "$task: shared" ;;
            lasts)
                echo "begun by $task" > "$task.txt"; claim "$task.txt"
                "$git" add -A; "$git" commit -qm "$task: begun"
                echo "going on with $task" > "$task-more.txt"; claim "$task-more.txt"
                sleep 0.4 ;;
            esac
            """;

    /** Writes down the tree that it saw and found good. */
    private static final String VERIFICATION = """
            git=$FAULT_REAL_GIT
            test -n "$git" || git=git
            test -z "$("$git" status --porcelain)" || exit 1
            test ! -e bad.txt || exit 1
            "$git" rev-parse 'HEAD^{tree}' >> "$1/verified"
            """;

    /** Commits a draft first, as an agent may. */
    private static final String RESOLVER = """
            exec 8> "$1/agents"; flock -s 8
            task=$ESPALIER_TASK claims=$1/claims git=$FAULT_REAL_GIT
            test -n "$git" || git=git
            claim() { for file; do "$git" hash-object --no-filters "$file" >> "$claims"; done; }
            grep -v '^[<=>|]' shared.txt > draft; cat draft > shared.txt; rm draft
            echo "draft for $task" >> shared.txt; claim shared.txt
            "$git" add shared.txt; "$git" commit -qm "draft" || exit 4
            echo "resolved for $task" >> shared.txt; claim shared.txt
            sleep 0.1
            """;

    private Agents() {}

    static void write(Path folder) throws IOException {
        Files.writeString(folder.resolve("agent.sh"), AGENT);
        Files.writeString(folder.resolve("verify.sh"), VERIFICATION);
        Files.writeString(folder.resolve("resolve.sh"), RESOLVER);
        Files.createFile(folder.resolve("claims"));
        Files.createFile(folder.resolve("verified"));
    }
}
