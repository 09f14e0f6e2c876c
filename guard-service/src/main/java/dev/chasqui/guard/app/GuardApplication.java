package dev.chasqui.guard.app;

import dev.chasqui.engine.api.Engine;
import dev.chasqui.service.HandedInEngines;
import dev.chasqui.service.ServiceProgram;
import java.util.Map;
import org.springframework.context.ConfigurableApplicationContext;

/** The guard service as a program; its settings begin in {@code chasqui-guard.properties}. */
public final class GuardApplication {

  private static final ServiceProgram PROGRAM =
      new ServiceProgram("chasqui-guard", GuardConfiguration.class);

  private GuardApplication() {}

  /**
   * Runs until the process is told to end.
   *
   * @param arguments settings, as {@code --name=value}
   */
  public static void main(String[] arguments) {
    PROGRAM.run(arguments);
  }

  /**
   * Starts inside another program, on a guard model that it has opened; {@code chasqui.guard.model}
   * is not read.
   *
   * @param engine the guard model; must outlive the returned context
   * @param arguments settings, as {@code --name=value}
   * @return the running application, to be closed
   */
  public static ConfigurableApplicationContext start(Engine engine, String... arguments) {
    return PROGRAM.start(new HandedInEngines(Map.of(GuardConfiguration.MODEL, engine)), arguments);
  }
}
