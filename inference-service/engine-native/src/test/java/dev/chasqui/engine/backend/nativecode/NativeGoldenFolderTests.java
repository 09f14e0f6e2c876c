package dev.chasqui.engine.backend.nativecode;

import dev.chasqui.engine.runtime.GoldenFolderContract;
import org.junit.jupiter.api.BeforeEach;

class NativeGoldenFolderTests extends GoldenFolderContract {

  @BeforeEach
  void needLibrary() {
    Library.variants();
  }

  @Override
  protected String backend() {
    return "native";
  }
}
