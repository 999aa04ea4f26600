package io.github.espalier.coordinator;

/** What becomes of work that an agent left uncommitted although it ended well. */
public enum UncommittedWork {
    /** It is committed to the task's branch, as the user's own git would, and lands. */
    COMMIT,
    /** It is put under a rescue ref and does not land; what was committed does. */
    RESCUE
}
