package io.github.espalier.examples.cli;

/** The command line was used wrongly: the message says in one line what is wrong and how to mend it. */
final class MisuseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MisuseException(String message) {
        super(message);
    }
}
