package dev.chasqui.guard.app;

import dev.chasqui.engine.api.Engine;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * The guard service as a program. Settings are read from {@code chasqui-guard.properties} here,
 * {@code application.properties} or {@code .yaml} beside the process, the environment and the
 * command line ({@code --chasqui.bootstrap-servers=…}).
 */
public final class GuardApplication {

  private GuardApplication() {}

  /**
   * Runs until the process is told to end.
   *
   * @param arguments settings, as {@code --name=value}
   */
  public static void main(String[] arguments) {
    application().run(arguments);
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
    GuardConfiguration.HandedIn handedIn = new GuardConfiguration.HandedIn(engine);
    return application()
        .initializers(context ->
            ((GenericApplicationContext) context)
                .registerBean(GuardConfiguration.HandedIn.class, () -> handedIn))
        .registerShutdownHook(false)
        .run(arguments);
  }

  private static SpringApplicationBuilder application() {
    return new SpringApplicationBuilder(GuardConfiguration.class)
        .properties("spring.config.name=chasqui-guard,application");
  }
}
