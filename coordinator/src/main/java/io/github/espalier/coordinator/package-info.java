/**
 * Runs several agents at once on one repository, each in its own worktree, and lands their work on one branch.
 *
 * <p>Begin with {@link io.github.espalier.coordinator.Coordinator}. What a host sees of a run: {@link
 * io.github.espalier.coordinator.Run} while it is under way, with a {@link io.github.espalier.coordinator.Forecast} of how it goes
 * on, {@link io.github.espalier.coordinator.RunEvent} as things happen,
 * {@link io.github.espalier.coordinator.RunReport} at its end, {@link io.github.espalier.coordinator.RunHistory} afterwards.
 * What a host may replace: {@link io.github.espalier.coordinator.InstanceLauncher}, {@link
 * io.github.espalier.coordinator.Verification}, and every part of the other modules that {@link
 * io.github.espalier.coordinator.CoordinatorBuilder} takes.
 *
 * <h2>The way of a task</h2>
 *
 * <pre>
 *  Task ── Separation ──► waiting    for a dependency, a conflicting task, a place, room on the machine: WaitReason
 *                            │ start
 *                         starting   worktree at the landing line's tip, its set-up, launch of attempt n
 *                            │
 *                         running    InstanceEnd: exited, stopped, lost, unknown
 *                            │                      lost, and attempts left: back to waiting
 *                         finishing  after exit 0 what is uncommitted is committed; else everything is rescued
 *                            │ a commit
 *                         landing    merge on objects, verify that very tree, publish by compare-and-swap
 *                            │              ├── conflict: left, resolved, or the task is done again: ConflictPolicy
 *                            │              └── held: a checkout of the target cannot follow; tried again
 *                         TaskOutcome
 *                            │
 *                         cleaning   when no agent is being started: a look at the user's checkout; landed: worktree and branch go
 * </pre>
 *
 * <p>All of a run's state is changed on one lane, in short steps. Git and agents work on other threads and report back to
 * it. Landings have a second lane. Events have a third.
 *
 * <h2>The forecast</h2>
 *
 * <pre>
 *  what tasks declare ───────────────┐
 *  journals of the last runs ────────┴► efforts ──► Schedule ──► what starts now, at each step
 *                                                      ▲  └────► Plan, when a task ends early or late, or runs late: Replanned
 *  paths seen outside of a footprint ──────────────────┘
 * </pre>
 *
 * <h2>The queue of landings</h2>
 *
 * <pre>
 *  Candidate ──► Waiting ──merge──► Car ──► Car ──► Car      each merged onto the one before it, and verified as if
 *     ▲                              │ verdict of the head    that had landed
 *     │                              ├── green: published, if the target is where it was
 *     │                              ├── red, several in it: divided; the second half's tree is known to be red
 *     └── all behind ◄── derailed ───┴── red, alone: it leaves; what stood behind it is merged anew
 * </pre>
 *
 * <h2>After a crash</h2>
 *
 * <pre>
 *  journal ── RunRecord, TaskRecord ──► what was begun
 *                  │  held against git: is it on the target? held? does its agent run?
 *              Resumption    pending, watching, decided, holding, over
 *                  │
 *              the same way as above, from there on; nothing that had not started is started
 * </pre>
 *
 * <h2>What lies where</h2>
 *
 * <pre>
 *  &lt;common git directory&gt;/espalier/
 *      coordinator.lock             one coordinator a repository; coordinator.owner says who
 *      runs/&lt;run&gt;/journal.jsonl     intent before each side effect, result after it
 *      runs/&lt;run&gt;/&lt;task&gt;/&lt;attempt&gt;/  what the agent printed, its exit code, what it is found by, its specification
 *      runs/&lt;run&gt;/&lt;task&gt;/verify/     what verifications printed
 *  refs/espalier/rescue/&lt;run&gt;/&lt;task&gt;/&lt;attempt&gt;   what was not committed to a branch
 *  refs/espalier/landed/&lt;run&gt;/&lt;task&gt;             a branch's own commits after a squash or rebase
 *  refs/espalier/resolved/&lt;run&gt;/&lt;task&gt;/&lt;attempt&gt;  a merge in which somebody resolved a conflict
 *  refs/espalier/undone/&lt;run&gt;/&lt;task&gt;             what the target was moved back from
 *  refs/espalier/held/&lt;target&gt;/&lt;run&gt;/&lt;task&gt;      a landing that waits for a checkout
 * </pre>
 */
package io.github.espalier.coordinator;
