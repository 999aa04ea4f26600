/** The main job shown on a clone of a real repository: three agents that edit, test and commit real files. */
package io.github.espalier.examples.demo;
