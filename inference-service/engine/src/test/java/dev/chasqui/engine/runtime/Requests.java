package dev.chasqui.engine.runtime;

import dev.chasqui.engine.api.GenerationRequest;
import dev.chasqui.engine.api.Prompt;
import dev.chasqui.engine.api.SamplingParameters;
import dev.chasqui.engine.api.SamplingParameters.Penalties;
import dev.chasqui.engine.api.StopCriteria;
import dev.chasqui.engine.api.StopCriteria.EndTokens;
import dev.chasqui.engine.api.TokenIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Requests for the tests of the runtime. */
final class Requests {

  static final StopCriteria TEN = exactly(10);

  private Requests() {}

  /** So many tokens, end tokens or not. */
  static StopCriteria exactly(int tokens) {
    return new StopCriteria(tokens, List.of(), EndTokens.IGNORED);
  }

  static SamplingParameters seeded(int seed) {
    return new SamplingParameters(
        1.1f, 40, 0.95f, 0.01f, new Penalties(1.1f, 0.1f, 0.1f), Map.of(5, 0.5f), seed);
  }

  static GenerationRequest greedy(TokenIds prompt, StopCriteria stop) {
    return request("greedy", prompt, SamplingParameters.GREEDY, stop);
  }

  static GenerationRequest request(
      String id, TokenIds prompt, SamplingParameters sampling, StopCriteria stop) {
    return GenerationRequest.of(id, new Prompt.Tokens(prompt), sampling, stop);
  }

  static GenerationRequest resumed(GenerationRequest whole, TokenIds committed) {
    return new GenerationRequest(
        whole.id(), whole.prompt(), whole.sampling(), whole.stop(), committed);
  }

  /** The same question, asked by someone. */
  static GenerationRequest by(GenerationRequest.Identity identity) {
    return new GenerationRequest(
        identity,
        new Prompt.Tokens(tokens(1, 100)),
        SamplingParameters.GREEDY,
        TEN,
        TokenIds.empty());
  }

  /** Short and long ones, greedy and seeded, some with a common prefix. */
  static List<GenerationRequest> mixed() {
    List<GenerationRequest> requests = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      StopCriteria stop = new StopCriteria(5 + 3 * i, List.of("qu", "e "), EndTokens.HONOURED);
      SamplingParameters sampling = i % 2 == 0 ? SamplingParameters.GREEDY : seeded(i);
      TokenIds prompt = i % 5 == 4 ? tokens(0, 40) : tokens(i, 1 + 7 * i);
      requests.add(request("r" + i, prompt, sampling, stop));
    }
    return requests;
  }

  /** Short prompts with long answers, greedy and seeded. */
  static List<GenerationRequest> growing() {
    List<GenerationRequest> requests = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      SamplingParameters sampling = i % 2 == 0 ? SamplingParameters.GREEDY : seeded(i);
      requests.add(request("g" + i, tokens(i, 3 + i), sampling, exactly(40 + i)));
    }
    return requests;
  }

  /** Tokens of the middle of the vocabulary, other ones for each seed. */
  static TokenIds tokens(int seed, int count) {
    return TokenIds.of(
        IntStream.range(0, count).map(i -> 10 + (seed * 131 + i * 37 + i * i) % 480).toArray());
  }
}
