/**
 * Chat templates: conversations become prompts.
 *
 * <p>In come the turns of a conversation and the Jinja source that a checkpoint carries, or one of
 * ours for checkpoints without; out goes a {@link dev.chasqui.engine.api.MarkedText} in which every
 * character still knows whether the template or a user wrote it, through all filters, slices and
 * concatenations. The interpreter is a small part of Jinja as Hugging Face configures it
 * (trim_blocks, lstrip_blocks): no reflection, no access to anything but the values given, and
 * bounded in steps, characters and nesting. A {@link dev.chasqui.engine.chat.ChatTemplate} never
 * changes and serves any number of threads; everything else lives for one rendering on its thread.
 * The way back is {@link dev.chasqui.engine.chat.ToolCallParser}: it finds calls of tools in what a
 * model answered.
 */
@NullMarked
package dev.chasqui.engine.chat;

import org.jspecify.annotations.NullMarked;
