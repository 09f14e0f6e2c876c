package dev.chasqui.inference.app;

import dev.chasqui.engine.api.Engine;
import dev.chasqui.service.HandedInEngines;
import dev.chasqui.service.ServiceProgram;
import java.util.Map;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The inference service as a program; its settings begin in {@code chasqui-inference.properties}.
 */
public final class InferenceApplication {

  static final ServiceProgram PROGRAM =
      new ServiceProgram("chasqui-inference", InferenceConfiguration.class);

  private InferenceApplication() {}

  /**
   * Runs until the process is told to end.
   *
   * @param arguments settings, as {@code --name=value}
   */
  public static void main(String[] arguments) {
    PROGRAM.run(arguments);
  }

  /**
   * Starts inside another program, on engines that it has opened; {@code chasqui.models} and {@code
   * chasqui.devices} are not read.
   *
   * @param engines the engines, by the names by which prompts ask for their models, at least one;
   *     they must outlive the returned context
   * @param arguments settings, as {@code --name=value}
   * @return the running application, to be closed
   */
  public static ConfigurableApplicationContext start(
      Map<String, Engine> engines, String... arguments) {
    return PROGRAM.start(new HandedInEngines(engines), arguments);
  }
}
