/**
 * Requests, events and errors of the engine: what everyone else may say to it and hear from it.
 *
 * <p>In come a {@link dev.chasqui.engine.api.GenerationRequest} or a {@link
 * dev.chasqui.engine.api.ScoreRequest}; out go {@link dev.chasqui.engine.api.GenerationEvent}s or
 * one {@link dev.chasqui.engine.api.ScoreEvent} to a listener, on the engine's own thread. This is
 * the lowest package of the engine: it imports no other one.
 */
@NullMarked
package dev.chasqui.engine.api;

import org.jspecify.annotations.NullMarked;
