package dev.chasqui.guard.topology;

import dev.chasqui.guard.policy.Policies;
import dev.chasqui.schemas.serde.EventSerdes;
import dev.chasqui.schemas.topics.Topics;
import dev.chasqui.stream.RecordLimit;
import java.util.function.Supplier;

/**
 * What the guard works with.
 *
 * @param topics names of the topics
 * @param pools which pool serves which model
 * @param policies gives all policy versions that are known at the moment, to any thread
 * @param serdes the form of the events
 * @param limit the producer's limit
 */
public record GuardSetup(
    Topics topics,
    Pools pools,
    Supplier<Policies> policies,
    EventSerdes serdes,
    RecordLimit limit) {}
