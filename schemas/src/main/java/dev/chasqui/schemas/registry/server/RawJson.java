package dev.chasqui.schemas.registry.server;

/** An answer that is JSON text already: a schema by itself. */
record RawJson(String text) {}
