package io.github.espalier.resources;

/** The answer to whether there is room for one more. */
public sealed interface Admission {
    /**
     * There is.
     *
     * @param reservation to be closed when what was started has ended
     */
    record Granted(Reservation reservation) implements Admission {}

    /**
     * There is not, or it is not known.
     *
     * @param limit which limit refuses
     * @param reading what it is now, in the limit's unit; not a number: not known. For {@link Limit#CPU} with what was just
     *     started and does not show yet, so that it can exceed 100
     * @param threshold what the reading fails: the limit, or after that was reached the value some way before it at which it
     *     admits again
     * @param reason for a person, with both numbers
     */
    record Refused(Limit limit, double reading, double threshold, String reason) implements Admission {}
}
