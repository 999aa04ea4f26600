/** Tasks, footprints, separation and schedule. */
package io.github.espalier.separator;
