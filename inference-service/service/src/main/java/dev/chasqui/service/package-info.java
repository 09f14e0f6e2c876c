/**
 * What both services have in common as programs: guard-service and the inference service.
 *
 * <p>In come the properties {@code chasqui.*} of Spring's environment, a topology that somebody
 * else has built and running, and engines; out go checked settings or the list of all their faults,
 * start and stop with the application, health and meters. Spring's main thread calls; meters and
 * health are safe from any thread. Nothing in here knows what a service does.
 */
@NullMarked
package dev.chasqui.service;

import org.jspecify.annotations.NullMarked;
