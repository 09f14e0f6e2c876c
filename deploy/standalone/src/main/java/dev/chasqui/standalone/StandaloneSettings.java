package dev.chasqui.standalone;

import dev.chasqui.guard.classifier.DefaultGuard;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What to start.
 *
 * @param dataDirectory where broker, registry and services keep what they store
 * @param ports where broker and registry listen, on loopback
 * @param model checkpoint of the model that answers
 * @param guard who judges
 * @param backend {@code auto}, or the name of a backend
 */
public record StandaloneSettings(
    Path dataDirectory, Ports ports, Path model, Guard guard, String backend) {

  /**
   * Where to listen.
   *
   * @param kafka port of the broker
   * @param registry port of the schema registry
   */
  public record Ports(int kafka, int registry) {}

  /** Who judges prompts and answers. */
  public sealed interface Guard {

    /** Returns the checkpoint that judges; where it is the one that answers, it is loaded once. */
    Path model();

    /** Returns the policy that judges prompts which name none. */
    String policyId();

    /** Returns what the guard service is told of it. */
    List<String> arguments();
  }

  /**
   * The guard adapter that comes with Chasqui.
   *
   * @param model its base: SmolLM2-135M-Instruct
   */
  public record AdapterGuard(Path model) implements Guard {

    @Override
    public String policyId() {
      return DefaultGuard.POLICY_ID;
    }

    @Override
    public List<String> arguments() {
      return List.of("--chasqui.guard.adapter=default");
    }
  }

  /**
   * A whole guard model.
   *
   * @param model its checkpoint
   * @param policyId the policy that judges prompts which name none
   * @param policyDirectory where further policy files lie
   */
  public record ModelGuard(Path model, String policyId, Optional<Path> policyDirectory)
      implements Guard {

    @Override
    public List<String> arguments() {
      return policyDirectory
          .map(directory -> List.of("--chasqui.policies.directory=" + directory))
          .orElse(List.of());
    }
  }
}
