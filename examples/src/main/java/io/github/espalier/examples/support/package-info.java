/** Throwaway repositories and the git program as a user would run it. */
package io.github.espalier.examples.support;
