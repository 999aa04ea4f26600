/** What a person sees of a run: a live table on a terminal, a line an event elsewhere, and a summary at the end. */
package io.github.espalier.examples.view;
