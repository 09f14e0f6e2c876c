package dev.chasqui.service;

import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties {@code chasqui.*} that every service has, as they stand, not checked yet.
 *
 * @param bootstrapServers brokers, host:port, comma-separated
 * @param registryUrl address of the schema registry
 * @param registry further settings of registry and serdes, by their Kafka names
 * @param serde classes of serializer and deserializer
 * @param kafka further Kafka Streams settings, by their Kafka names; they win
 * @param topics {@code prefix}, or names of single topics
 * @param applicationId consumer group and prefix of changelogs; empty: the service's usual one
 * @param stateDirectory where stores live; on a volume that outlives the process
 * @param streamThreads stream threads of each topology
 * @param replicationFactor copies of changelogs; -1 is the broker's default
 * @param maxRequestSize largest record in bytes
 * @param commitInterval least time between two commits of a stream thread
 */
record ServiceProperties(
    @DefaultValue("") String bootstrapServers,
    @DefaultValue("") String registryUrl,
    @DefaultValue Map<String, String> registry,
    @DefaultValue Map<String, String> serde,
    @DefaultValue Map<String, String> kafka,
    @DefaultValue Map<String, String> topics,
    @DefaultValue("") String applicationId,
    @DefaultValue("state") String stateDirectory,
    @DefaultValue("1") int streamThreads,
    @DefaultValue("-1") int replicationFactor,
    @DefaultValue("1048576") int maxRequestSize,
    @DefaultValue("50ms") Duration commitInterval) {}
