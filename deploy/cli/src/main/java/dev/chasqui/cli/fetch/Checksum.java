package dev.chasqui.cli.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What a file must be.
 *
 * @param bytes its size
 * @param sha256 its SHA-256, lower-case hexadecimal; empty where nobody told
 */
record Checksum(long bytes, String sha256) {

  /** Throws unless the file is what it must be. */
  void verify(Path file) throws IOException {
    long size = Files.size(file);
    if (size != bytes) {
      throw new FetchException(
          "%s has %,d bytes instead of %,d.".formatted(file.getFileName(), size, bytes));
    }
    if (!sha256.isEmpty()) {
      String found = sha256(file);
      if (!found.equals(sha256)) {
        throw new FetchException(
            "%s has SHA-256 %s instead of %s.".formatted(file.getFileName(), found, sha256));
      }
    }
  }

  private static String sha256(Path file) throws IOException {
    MessageDigest digest = newDigest();
    byte[] chunk = new byte[1 << 20];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        digest.update(chunk, 0, read);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
