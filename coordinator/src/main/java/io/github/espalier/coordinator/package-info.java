/** Launch, watch, land. */
package io.github.espalier.coordinator;
