package dev.chasqui.inference.app;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties {@code chasqui.*} as they stand, not checked yet.
 *
 * @param bootstrapServers brokers, host:port, comma-separated
 * @param registryUrl address of the schema registry
 * @param registry further settings of registry and serdes, by their Kafka names
 * @param serde classes of serializer and deserializer
 * @param kafka further Kafka Streams settings, by their Kafka names; they win
 * @param topics {@code prefix}, or names of single topics
 * @param applicationId consumer group and prefix of changelogs; empty: after the pool
 * @param stateDirectory where stores live; on a volume that outlives the process
 * @param streamThreads stream threads
 * @param replicationFactor copies of changelogs; -1 is the broker's default
 * @param maxRequestSize largest record in bytes
 * @param commitInterval least time between two commits of a stream thread
 * @param pool name of the pool
 * @param models the models of the pool
 * @param devices the devices, each with a worker
 */
record ChasquiProperties(
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
    @DefaultValue("50ms") Duration commitInterval,
    @DefaultValue("default") String pool,
    @DefaultValue List<Model> models,
    @DefaultValue("cpu") List<String> devices) {

  /**
   * One model; what is empty takes the engine's usual value.
   *
   * @param name the name by which prompts ask for it
   * @param path checkpoint file or directory
   * @param backend {@code auto}, or the name of a backend
   * @param threads compute threads of each device
   * @param contextLength most tokens of prompt and answer together
   * @param kvTokens tokens of all sequences together that the KV cache holds
   * @param maxSequences sequences that run at once
   * @param prefillTokens prompt tokens of one step
   */
  record Model(
      @DefaultValue("") String name,
      @DefaultValue("") String path,
      @DefaultValue("auto") String backend,
      @Nullable Integer threads,
      @Nullable Integer contextLength,
      @Nullable Integer kvTokens,
      @Nullable Integer maxSequences,
      @Nullable Integer prefillTokens) {}
}
