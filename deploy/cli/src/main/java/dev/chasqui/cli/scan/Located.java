package dev.chasqui.cli.scan;

import dev.chasqui.guard.scan.Finding;

/**
 * A finding and where it is.
 *
 * @param file as given on the command line
 * @param finding what was found
 */
record Located(String file, Finding finding) {}
