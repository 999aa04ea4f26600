/** One runnable main a feature. */
package io.github.espalier.examples;
