/** The command line {@code espalier}: a thin host over the public API, one class a command. */
package io.github.espalier.examples.cli;
