package dev.chasqui.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressTests {

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void drawsABarInPlaceAndTakesItAway() {
    try (Progress progress = terminal(true).progress("fetching", Progress.Unit.BYTES)) {
      progress.update(50_000_000, 100_000_000);
    }

    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("fetching  ██████████████░░░░░░░░░░░░░░  50 %  50.0 MB of 100.0 MB")
        .endsWith("\r\u001b[K");
  }

  @Test
  void neverWrapsALine() {
    try (Progress progress = terminal(true).progress("x".repeat(200), Progress.Unit.ITEMS)) {
      progress.update(1, 2);
    }

    assertThat(err.toString(StandardCharsets.UTF_8).split("\r\u001b\\[K"))
        .allSatisfy(line -> assertThat(line.length()).isLessThan(80));
  }

  @Test
  void saysOneLineWhereNobodyWatches() {
    try (Progress progress = terminal(false).progress("fetching", Progress.Unit.ITEMS)) {
      progress.update(1, 3);
      progress.update(3, 3);
    }

    assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("fetching ...\n");
  }

  private Terminal terminal(boolean errIsTerminal) {
    PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    return new Terminal(stream, stream, false, errIsTerminal, 80, false);
  }
}
