package dev.chasqui.engine.backend.nativecode;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Loads the library that the jar carries, once a class loader. */
final class NativeLibrary {

  /** What {@link NativeCalls} expects; raised with every change of a function. */
  static final int ABI_VERSION = 5;

  private static final String NAME = "chasqui-native";
  private static final Loaded LOADED = load();

  private NativeLibrary() {}

  /** What became of it. */
  sealed interface Loaded {

    /**
     * It works.
     *
     * @param variants what this CPU can run
     */
    record Usable(List<CpuVariant> variants) implements Loaded {}

    /**
     * It does not.
     *
     * @param reason what is wrong and what to do
     */
    record Unusable(String reason) implements Loaded {}
  }

  static Loaded loaded() {
    return LOADED;
  }

  private static Loaded load() {
    String file = System.mapLibraryName(NAME);
    try (InputStream bytes = NativeLibrary.class.getResourceAsStream("library/" + file)) {
      if (bytes == null) {
        return new Loaded.Unusable(
            ("the jar holds no %s for this system: it was built without a C++ compiler or"
                    + " elsewhere. Build it here with g++, cmake and make installed")
                .formatted(file));
      }
      return load(bytes, file);
    } catch (IOException e) {
      return new Loaded.Unusable(
          ("%s cannot be copied to the folder for temporary files (%s): set java.io.tmpdir to one"
                  + " that can be written")
              .formatted(file, e));
    }
  }

  static Loaded load(InputStream bytes, String file) throws IOException {
    Path folder = Files.createTempDirectory(NAME);
    Path copy = folder.resolve(file);
    try {
      Files.copy(bytes, copy, StandardCopyOption.REPLACE_EXISTING);
      return load(copy);
    } finally {
      Files.deleteIfExists(copy);
      Files.deleteIfExists(folder);
    }
  }

  @SuppressWarnings("restricted") // loading a library is what this class is for
  private static Loaded load(Path library) {
    try {
      System.load(library.toString());
      int version = NativeCalls.abiVersion();
      return version == ABI_VERSION
          ? new Loaded.Usable(CpuVariant.of(NativeCalls.usableVariants()))
          : new Loaded.Unusable(
              "the library has interface version %d, this jar needs %d: build both together"
                  .formatted(version, ABI_VERSION));
    } catch (UnsatisfiedLinkError e) {
      return new Loaded.Unusable(
          "the library cannot be loaded here (%s): build it on this system with g++, cmake and make"
              .formatted(e.getMessage()));
    }
  }
}
