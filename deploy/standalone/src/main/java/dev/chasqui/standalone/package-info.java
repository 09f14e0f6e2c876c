/**
 * Everything in one JVM: broker, schema registry, guard and inference service, for a demo, for
 * development and for the end-to-end tests.
 *
 * <p>In come command-line options; out go sample prompts to Kafka, and what comes back from Kafka
 * goes to the terminal. The main thread starts and stops the parts; each part owns its threads.
 */
@NullMarked
package dev.chasqui.standalone;

import org.jspecify.annotations.NullMarked;
