package dev.chasqui.inference.app;

import dev.chasqui.engine.api.Engine;
import java.util.Map;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * The inference service as a program. Settings are read from {@code chasqui-inference.properties}
 * here, {@code application.properties} or {@code .yaml} beside the process, the environment and the
 * command line ({@code --chasqui.bootstrap-servers=…}).
 */
public final class InferenceApplication {

  private InferenceApplication() {}

  /**
   * Runs until the process is told to end.
   *
   * @param arguments settings, as {@code --name=value}
   */
  public static void main(String[] arguments) {
    application().run(arguments);
  }

  /**
   * Starts inside another program, on engines that it has opened; {@code chasqui.models} and {@code
   * chasqui.devices} are not read.
   *
   * @param engines the engines, by the names by which prompts ask for their models; they must
   *     outlive the returned context
   * @param arguments settings, as {@code --name=value}
   * @return the running application, to be closed
   */
  public static ConfigurableApplicationContext start(
      Map<String, Engine> engines, String... arguments) {
    HandedInEngines handedIn = new HandedInEngines(engines);
    return application()
        .initializers(context ->
            ((GenericApplicationContext) context)
                .registerBean(HandedInEngines.class, () -> handedIn))
        .registerShutdownHook(false)
        .run(arguments);
  }

  private static SpringApplicationBuilder application() {
    return new SpringApplicationBuilder(InferenceConfiguration.class)
        .properties("spring.config.name=chasqui-inference,application");
  }
}
