package io.github.espalier.coordinator;

/** What to do about something that an agent ought not to do. */
public enum Reaction {
    /** It is told by an event and in the task's report, and the work lands. */
    REPORT,
    /** It is told in the same way, and the work does not land: it stays on its branch or under a rescue ref. */
    REFUSE
}
