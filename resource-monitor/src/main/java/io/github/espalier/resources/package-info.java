/** Admission by CPU, memory and disk. */
package io.github.espalier.resources;
