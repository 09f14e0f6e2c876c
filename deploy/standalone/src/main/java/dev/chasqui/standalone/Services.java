package dev.chasqui.standalone;

import dev.chasqui.guard.app.GuardApplication;
import dev.chasqui.inference.app.InferenceApplication;
import dev.chasqui.standalone.Phases.Started;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts the two services on the engines of this process, without web servers of their own. */
final class Services {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final StandaloneSettings settings;
  private final Address address;
  private final Closing closing;

  Services(StandaloneSettings settings, Address address, Closing closing) {
    this.settings = settings;
    this.address = address;
    this.closing = closing;
  }

  Started<Void> inference(ServedModels models) {
    ConfigurableApplicationContext context =
        InferenceApplication.start(models.byName(), arguments("inference"));
    closing.add("inference", context);
    return ready(context, "pool " + address.pool());
  }

  Started<Void> guard(ServedModels models) {
    ConfigurableApplicationContext context =
        GuardApplication.start(
            models.judging(), arguments("guard", ofGuard(models).toArray(String[]::new)));
    closing.add("guard", context);
    return ready(context, "policy " + settings.guard().policyId());
  }

  private List<String> ofGuard(ServedModels models) {
    List<String> arguments = new ArrayList<>(settings.guard().arguments());
    arguments.add("--chasqui.pools." + address.pool() + "=" + String.join(",", models.names()));
    arguments.add("--chasqui.policies.default-id=" + settings.guard().policyId());
    return arguments;
  }

  private static Started<Void> ready(ConfigurableApplicationContext context, String description) {
    Readiness.await(context, PATIENCE);
    return new Started<>(null, description);
  }

  private String[] arguments(String service, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--spring.main.web-application-type=none",
                "--chasqui.bootstrap-servers=" + address.bootstrap(),
                "--chasqui.registry-url=" + address.registry(),
                "--chasqui.state-directory="
                    + settings.dataDirectory().resolve("state").resolve(service),
                "--chasqui.replication-factor=1"));
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }
}
