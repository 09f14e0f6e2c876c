/**
 * A client of a schema registry that speaks Confluent's REST API.
 *
 * <p>In come Avro schemas and schema ids, out go ids and schemas; what was answered once is kept.
 * Calls block the caller's thread, at most for {@code max.retries} rounds over all registry URLs.
 * What the registry denies ({@link dev.chasqui.schemas.registry.UnknownSchemaException}) is told
 * apart from a registry that does not answer ({@link
 * dev.chasqui.schemas.registry.RegistryUnavailableException}): only the first speaks against a
 * record.
 */
@NullMarked
package dev.chasqui.schemas.registry;

import org.jspecify.annotations.NullMarked;
