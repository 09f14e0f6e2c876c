package dev.chasqui.guard.policy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where policies come from: this jar, and files that operators put beside it. */
public final class PolicySource {

  private static final String FILE_ENDING = ".policy";
  private static final List<String> TAXONOMIES =
      List.of("llama-guard-1", "llama-guard-2", "llama-guard-3");

  private PolicySource() {}

  /**
   * Returns the built-in policies, which fail closed: {@code default} for Llama Guard 3, {@code
   * default-guard} for the guard adapter that comes with this service.
   */
  public static List<Policy> builtIn() {
    return List.of(fromJar("default"), fromJar("default-guard"));
  }

  /**
   * Reads the policy files of a directory: every {@code *.policy} in it.
   *
   * @param directory where they lie
   * @return the policies in the order of their file names
   * @throws InvalidPolicyException if a file is not a policy
   * @throws UncheckedIOException if the directory or a file cannot be read
   */
  public static List<Policy> readFrom(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(FILE_ENDING))
          .sorted()
          .map(PolicySource::read)
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(
          "Policy directory %s cannot be read. Correct chasqui.policies.directory or remove it."
              .formatted(directory),
          unreadable);
    }
  }

  /**
   * Reads a policy file.
   *
   * @param file the file
   * @return the policy
   * @throws InvalidPolicyException if it is not a policy
   * @throws UncheckedIOException if it cannot be read
   */
  public static Policy read(Path file) {
    try {
      return parse(file.toString(), Files.readString(file));
    } catch (IOException unreadable) {
      throw new UncheckedIOException("Policy file " + file + " cannot be read", unreadable);
    }
  }

  /**
   * Reads a policy from its text.
   *
   * @param name where the text comes from, for messages
   * @param text what stands in a policy file
   * @return the policy
   * @throws InvalidPolicyException if it is not a policy
   */
  public static Policy parse(String name, String text) {
    return PolicyFile.parse(name, text, taxonomies());
  }

  /**
   * Writes a policy as a file that reads as the same one, hash included.
   *
   * @param policy any
   * @return the text of a policy file
   */
  public static String text(Policy policy) {
    return PolicyWriting.text(policy);
  }

  private static Policy fromJar(String id) {
    return parse(id, resource(id + FILE_ENDING));
  }

  private static List<Taxonomy> taxonomies() {
    return TAXONOMIES.stream()
        .map(name -> Taxonomy.parse(name, resource(name + ".taxonomy")))
        .toList();
  }

  private static String resource(String name) {
    try (InputStream stream = PolicySource.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new FileNotFoundException(name + " is missing from this jar");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
