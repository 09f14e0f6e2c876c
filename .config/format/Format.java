import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Holds every Java file of the project to google-java-format.
 *
 * <p>Spotless runs the formatter inside Maven's own JVM, which may be a JDK 17 that cannot parse
 * Java 25; this program runs on the build's JDK instead. {@code check} fails on drift, {@code
 * apply} mends it.
 */
final class Format {

  private Format() {}

  public static void main(String[] arguments) throws IOException {
    boolean apply = arguments[0].equals("apply");
    Path root = Path.of(arguments[1]);
    List<Path> drifted = new ArrayList<>();
    for (Path file : javaFiles(root)) {
      String source = Files.readString(file);
      String formatted = format(file, source);
      if (!source.equals(formatted)) {
        drifted.add(root.relativize(file));
        if (apply) {
          Files.writeString(file, formatted);
        }
      }
    }
    drifted.forEach(file -> System.err.println((apply ? "formatted " : "not formatted: ") + file));
    if (!apply && !drifted.isEmpty()) {
      System.err.println(
          drifted.size() + " files are not formatted. Run: mvn -N verify -Dformat.action=apply");
      System.exit(1);
    }
  }

  private static List<Path> javaFiles(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !root.relativize(file).toString().matches("(.*/)?target/.*"))
          .sorted()
          .toList();
    }
  }

  private static String format(Path file, String source) {
    try {
      return new Formatter().formatSourceAndFixImports(source);
    } catch (FormatterException e) {
      throw new IllegalStateException(file + ": " + e.getMessage(), e);
    }
  }
}
