package dev.chasqui.inference.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.engine.api.GenerationEvent;
import dev.chasqui.engine.api.GenerationRequest;
import dev.chasqui.engine.api.MarkedText;
import dev.chasqui.engine.api.Prompt;
import dev.chasqui.engine.api.SamplingParameters;
import dev.chasqui.engine.api.Speculation;
import dev.chasqui.engine.api.StopCriteria;
import dev.chasqui.inference.worker.WorkerPool;
import dev.chasqui.service.HandedInEngines;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** What a real engine does is seen at the endpoint that Prometheus reads. */
class EngineMetricsTests {

  private static final String MODEL =
      "../engine/src/test/resources/golden/gguf-06-llama32/model-Q8_0.gguf";

  @TempDir private Path directory;

  @Test
  void showsWhatAnAnswerCostAtTheEndpointOfPrometheus() throws Exception {
    try (ConfigurableApplicationContext context = start()) {
      generate(context.getBean(WorkerPool.class), 8);

      assertThat(scrape(context))
          .contains("chasqui_engine_decoded_tokens_total" + labels() + " 7.0")
          .contains("chasqui_engine_queue_time_seconds_count" + labels() + " 1")
          .contains("chasqui_engine_time_to_first_token_seconds_count" + labels() + " 1")
          .contains("chasqui_engine_inter_token_latency_seconds_count" + labels() + " 7")
          .contains("chasqui_engine_drafted_tokens_total" + labels() + " 0.0")
          .contains("chasqui_engine_drafts_accepted_tokens_total" + labels() + " 0.0")
          .contains("chasqui_engine_slots_sequences" + labels())
          .contains("chasqui_engine_kv_used_blocks" + labels())
          .contains("chasqui_engine_prefix_lookups_tokens_total" + labels())
          .contains("chasqui_engine_prefix_hits_tokens_total" + labels())
          .contains("chasqui_engine_preemptions_sequences_total" + labels() + " 0.0");
    }
  }

  private static String labels() {
    return "{device=\"cpu\",model=\"tiny\"}";
  }

  private ConfigurableApplicationContext start() {
    return InferenceApplication.PROGRAM.start(
        HandedInEngines.NONE,
        "--server.port=0",
        "--chasqui.bootstrap-servers=127.0.0.1:1",
        "--chasqui.registry-url=http://127.0.0.1:1",
        "--logging.level.org.apache.kafka=OFF",
        "--chasqui.state-directory=" + directory,
        "--chasqui.models[0].name=tiny",
        "--chasqui.models[0].path=" + MODEL,
        "--chasqui.models[0].backend=scalar");
  }

  private static void generate(WorkerPool pool, int tokens) throws Exception {
    CompletableFuture<GenerationEvent> end = new CompletableFuture<>();
    pool.model("tiny")
        .orElseThrow()
        .generate(
            GenerationRequest.of(
                    "one",
                    new Prompt.Text(MarkedText.user("default model")),
                    SamplingParameters.GREEDY,
                    StopCriteria.maxTokens(tokens))
                .withSpeculation(Speculation.OFF),
            event -> {
              if (!(event instanceof GenerationEvent.Tokens)) {
                end.complete(event);
              }
            });
    assertThat(end.get(30, TimeUnit.SECONDS)).isInstanceOf(GenerationEvent.Finished.class);
  }

  private static String scrape(ConfigurableApplicationContext context) throws Exception {
    String port = context.getEnvironment().getProperty("local.server.port");
    URI endpoint = URI.create("http://127.0.0.1:" + port + "/actuator/prometheus");
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(HttpRequest.newBuilder(endpoint).build(), BodyHandlers.ofString()).body();
    }
  }
}
