/**
 * The inference service as a Spring Boot application: configuration, life cycle, health, meters.
 *
 * <p>In come {@code chasqui.*} properties, checked as a whole at start; out goes a running {@link
 * dev.chasqui.inference.app.InferenceService}. Spring's main thread starts and stops it; stream
 * threads and engine threads are owned by what it starts. Its models are opened here, or handed in
 * by whoever runs the guard in the same process.
 */
@NullMarked
package dev.chasqui.inference.app;

import org.jspecify.annotations.NullMarked;
