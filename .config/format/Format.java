import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Holds every Java file of the project to google-java-format.
 *
 * <p>Spotless runs the formatter inside Maven's own JVM, which may be a JDK 17 that cannot parse
 * Java 25; this program runs on the build's JDK instead. {@code check} fails on drift, {@code
 * apply} mends it. Files that it saw formatted before are known by their hash in {@code
 * target/formatted}, so a second build formats only what has changed.
 */
final class Format {

  private Format() {}

  public static void main(String[] arguments) throws IOException {
    boolean apply = arguments[0].equals("apply");
    Path root = Path.of(arguments[1]);
    Path index = root.resolve("target/formatted");
    Set<String> known = new HashSet<>(Files.exists(index) ? Files.readAllLines(index) : List.of());
    Set<String> formattedNow = new TreeSet<>();
    List<Path> drifted = new ArrayList<>();
    for (Path file : javaFiles(root)) {
      String source = Files.readString(file);
      String formatted = known.contains(hash(source)) ? source : format(file, source);
      if (!source.equals(formatted)) {
        drifted.add(root.relativize(file));
        if (apply) {
          Files.writeString(file, formatted);
        }
      }
      if (apply || source.equals(formatted)) {
        formattedNow.add(hash(formatted));
      }
    }
    Files.createDirectories(index.getParent());
    Files.write(index, formattedNow);
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

  /** The formatter's version is part of it: a newer one formats anew. */
  private static String hash(String source) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(String.valueOf(formatterJar()).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest(source.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object formatterJar() {
    return Formatter.class.getProtectionDomain().getCodeSource().getLocation();
  }

  private static String format(Path file, String source) {
    try {
      return new Formatter().formatSourceAndFixImports(source);
    } catch (FormatterException e) {
      throw new IllegalStateException(file + ": " + e.getMessage(), e);
    }
  }
}
