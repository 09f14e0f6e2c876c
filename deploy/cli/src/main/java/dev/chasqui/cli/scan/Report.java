package dev.chasqui.cli.scan;

import dev.chasqui.cli.terminal.Terminal;
import java.util.List;

/** A way to print findings. */
interface Report {

  /** Prints all findings. */
  void print(List<Located> found, Terminal terminal);
}
