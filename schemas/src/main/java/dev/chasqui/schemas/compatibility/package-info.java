/**
 * Which schema changes a topic bears.
 *
 * <p>In come a schema and the versions before it, out go the reasons why old and new readers and
 * writers would not understand each other. Plain functions without a thread.
 */
@NullMarked
package dev.chasqui.schemas.compatibility;

import org.jspecify.annotations.NullMarked;
