package dev.chasqui.service;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * A service as a program. Settings are read from the properties file of its name on the class path,
 * {@code application.properties} or {@code .yaml} beside the process, the environment and the
 * command line ({@code --chasqui.bootstrap-servers=…}).
 *
 * @param name of the service and its properties file
 * @param configuration what it is made of
 */
public record ServiceProgram(String name, Class<?> configuration) {

  /**
   * Runs until the process is told to end, on engines of its own.
   *
   * @param arguments settings, as {@code --name=value}
   */
  public void run(String... arguments) {
    application(HandedInEngines.NONE).run(arguments);
  }

  /**
   * Starts inside another program.
   *
   * @param engines what that program has opened; must outlive the returned context
   * @param arguments settings, as {@code --name=value}
   * @return the running application, to be closed
   */
  public ConfigurableApplicationContext start(HandedInEngines engines, String... arguments) {
    return application(engines).registerShutdownHook(false).run(arguments);
  }

  private SpringApplicationBuilder application(HandedInEngines engines) {
    return new SpringApplicationBuilder(configuration, ServiceConfiguration.class)
        .properties("spring.config.name=" + name + ",application")
        .initializers(context ->
            ((GenericApplicationContext) context)
                .registerBean(HandedInEngines.class, () -> engines));
  }
}
