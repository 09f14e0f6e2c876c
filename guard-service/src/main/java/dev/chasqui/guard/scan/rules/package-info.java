/**
 * Insecure patterns as data.
 *
 * <p>In come the YAML files beside this package and a {@link
 * dev.chasqui.guard.scan.code.SourceText}; out go {@link dev.chasqui.guard.scan.rules.Hit}s. Two
 * stages: words and RE2 patterns in linear time, then conditions on the brackets, arguments and
 * assignments around each match. Unchangeable values, used from any thread.
 *
 * <p>The second stage reads brackets and assignments itself rather than through a parser: code in
 * answers is mostly a fragment that a grammar for whole files refuses, and the libraries that
 * repair such code need native binaries per platform.
 */
@NullMarked
package dev.chasqui.guard.scan.rules;

import org.jspecify.annotations.NullMarked;
