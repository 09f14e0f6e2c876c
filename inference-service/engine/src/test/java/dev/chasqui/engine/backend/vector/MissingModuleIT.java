package dev.chasqui.engine.backend.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.engine.backend.Backends;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A JVM of its own, started without the incubator module. */
class MissingModuleIT {

  @Test
  void autoPassesOverVectorWithoutTheModule() throws IOException, InterruptedException {
    assertThat(choose())
        .startsWith("scalar [backend vector is not available")
        .contains("add --add-modules jdk.incubator.vector to its options");
  }

  private static String choose() throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classPath = System.getProperty("java.class.path");
    Process process =
        new ProcessBuilder(java, "-cp", classPath, Choose.class.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  /** Prints what auto takes. */
  static final class Choose {
    private Choose() {}

    public static void main(String[] args) {
      Backends.Choice choice = Backends.choose(Backends.AUTO, 1);
      System.out.println(choice.backend().name() + " " + choice.passedOver());
    }
  }
}
