package dev.chasqui.inference.app;

import dev.chasqui.engine.runtime.EngineOptions;

/**
 * One model of the pool.
 *
 * @param name the name by which prompts ask for it
 * @param options how each device opens it
 */
record ModelSettings(String name, EngineOptions options) {}
