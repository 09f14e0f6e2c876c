package dev.chasqui.cli.scan;

import dev.chasqui.cli.Surroundings;
import dev.chasqui.guard.scan.CodeScanner;
import dev.chasqui.guard.scan.Finding;
import dev.chasqui.guard.scan.code.Language;
import dev.chasqui.guard.verdict.Severity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Scans files of code, or the code blocks of Markdown. */
@Command(
    name = "code",
    mixinStandardHelpOptions = true,
    description = {
      "Scan code for insecure patterns.",
      "Markdown (.md, or any text with code fences and no known ending) is scanned by its fenced"
          + " code blocks, everything else whole, in the language of its file name."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:nothing was found",
      "1:something was found",
      "2:bad arguments, or a file that cannot be read"
    })
final class ScanCodeCommand implements Callable<Integer> {

  private static final int FOUND = 1;

  private final Surroundings surroundings;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Files; - is standard input.")
  private List<String> files = List.of();

  @ArgGroup private Format format = new Format();

  @Option(
      names = "--language",
      paramLabel = "NAME",
      description = "Language of all files, such as python or c++; markdown scans code blocks.")
  private @Nullable String language;

  @Option(
      names = "--severity",
      paramLabel = "LEAST",
      defaultValue = "low",
      description = "Report from this on: low, medium, high, critical. Default: ${DEFAULT-VALUE}.")
  private Severity severity = Severity.LOW;

  /** At most one of these. */
  static final class Format {
    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Option(names = "--sarif", description = "Print a SARIF 2.1.0 log.")
    private boolean sarif;
  }

  ScanCodeCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    CodeScanner scanner = CodeScanner.builtIn();
    SourceFiles.Reading reading = reading();
    List<Located> found = new ArrayList<>();
    for (String file : files) {
      for (Finding finding : reading.scan(scanner, file, read(file))) {
        if (finding.severity().reaches(severity)) {
          found.add(new Located(file, finding));
        }
      }
    }
    report(scanner).print(found, surroundings.terminal());
    return found.isEmpty() ? 0 : FOUND;
  }

  private SourceFiles.Reading reading() {
    String name = language;
    if (name == null) {
      return SourceFiles.byName();
    }
    if (name.equalsIgnoreCase("markdown") || name.equalsIgnoreCase("md")) {
      return SourceFiles.markdown();
    }
    Optional<Language> known = Language.named(name);
    return SourceFiles.as(
        known.orElseThrow(() ->
            new ParameterException(
                spec.commandLine(),
                "--language %s is not known. Use markdown or one of %s."
                    .formatted(name, SourceFiles.languages()))));
  }

  private Report report(CodeScanner scanner) {
    if (format.sarif) {
      return new SarifReport(scanner.rules());
    }
    return format.json ? new JsonReport(files.size()) : new TextReport(files.size());
  }

  private String read(String file) {
    try {
      byte[] bytes =
          file.equals("-") ? System.in.readAllBytes() : Files.readAllBytes(Path.of(file));
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new ParameterException(
          spec.commandLine(),
          "%s cannot be read (%s).".formatted(file, unreadable.getClass().getSimpleName()),
          unreadable);
    }
  }
}
