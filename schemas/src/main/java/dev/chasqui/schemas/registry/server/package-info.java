/**
 * A schema registry inside this process, for the standalone mode and for tests.
 *
 * <p>In come the requests that clients of Confluent's registry send, out go its answers; registered
 * schemas and compatibility levels lie in an append-only file, synced before each answer, so ids
 * outlive a {@code kill -9}. Requests run on the server's own threads, one at a time through {@link
 * dev.chasqui.schemas.registry.server.SchemaStore}. Avro only, without references and without
 * deletion; it listens on the loopback address unless told otherwise and asks for no password.
 */
@NullMarked
package dev.chasqui.schemas.registry.server;

import org.jspecify.annotations.NullMarked;
