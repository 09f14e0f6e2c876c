package dev.chasqui.standalone;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What to start.
 *
 * @param dataDirectory where broker, registry and services keep what they store
 * @param ports where broker and registry listen, on loopback
 * @param model checkpoint of the model that answers
 * @param guardModel checkpoint of the model that judges; empty lets the one that answers judge
 * @param backend {@code auto}, or the name of a backend
 */
public record StandaloneSettings(
    Path dataDirectory, Ports ports, Path model, Optional<Path> guardModel, String backend) {

  /** Returns the policy that judges prompts which name none. */
  String policy() {
    return guardModel.isPresent() ? "default" : "demo-open";
  }

  /**
   * Where to listen.
   *
   * @param kafka port of the broker
   * @param registry port of the schema registry
   */
  public record Ports(int kafka, int registry) {}
}
