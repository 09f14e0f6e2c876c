package dev.chasqui.guard.topology;

import dev.chasqui.guard.policy.Policies;
import dev.chasqui.schemas.serde.EventSerdes;
import dev.chasqui.schemas.topics.Topics;
import dev.chasqui.stream.RecordLimit;

/**
 * What the guard works with.
 *
 * @param topics names of the topics
 * @param pools which pool serves which model
 * @param policies all policy versions
 * @param serdes the form of the events
 * @param limit the producer's limit
 */
public record GuardSetup(
    Topics topics, Pools pools, Policies policies, EventSerdes serdes, RecordLimit limit) {}
