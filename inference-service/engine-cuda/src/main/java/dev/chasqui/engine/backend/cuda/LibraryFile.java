package dev.chasqui.engine.backend.cuda;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** Finds and loads the library: by a path that was set, else the one that the jar carries. */
final class LibraryFile {

  /** What {@link CudaCalls} expects; raised with every change of a function. */
  static final int ABI_VERSION = 1;

  /** System property with the path of a library that was built elsewhere. */
  static final String PROPERTY = "chasqui.cuda.library";

  /** The same as an environment variable. */
  static final String VARIABLE = "CHASQUI_CUDA_LIBRARY";

  private static final String NAME = "chasqui-cuda";

  private LibraryFile() {}

  /** What became of it. */
  sealed interface Loaded {

    /**
     * Its functions can be called; whether there is a device is another question.
     *
     * @param library the functions
     */
    record Usable(DeviceLibrary library) implements Loaded {}

    /**
     * They cannot.
     *
     * @param reason what is wrong and what to do
     */
    record Unusable(String reason) implements Loaded {}
  }

  /** Returns the path that was set, if any. */
  static Optional<Path> configured(Properties properties, Map<String, String> environment) {
    return Optional.ofNullable(properties.getProperty(PROPERTY))
        .or(() -> Optional.ofNullable(environment.get(VARIABLE)))
        .filter(path -> !path.isBlank())
        .map(Path::of);
  }

  static Loaded load(Optional<Path> configured) {
    return configured.map(LibraryFile::loadFile).orElseGet(LibraryFile::loadFromJar);
  }

  private static Loaded loadFile(Path file) {
    return Files.isRegularFile(file)
        ? load(file.toAbsolutePath())
        : new Loaded.Unusable(
            "%s is set to %s, where there is no file: build the library or unset it"
                .formatted(VARIABLE, file.toAbsolutePath()));
  }

  private static Loaded loadFromJar() {
    String file = System.mapLibraryName(NAME);
    try (InputStream bytes = LibraryFile.class.getResourceAsStream("library/" + file)) {
      if (bytes == null) {
        return new Loaded.Unusable(
            ("the jar holds no %s: it was built without nvcc. Build it where CUDA 12.4 or later"
                    + " is installed, or set %s to a library that was built elsewhere")
                .formatted(file, VARIABLE));
      }
      return copyAndLoad(bytes, file);
    } catch (IOException e) {
      return new Loaded.Unusable(
          ("%s cannot be copied to the folder for temporary files (%s): set java.io.tmpdir to one"
                  + " that can be written")
              .formatted(file, e));
    }
  }

  private static Loaded copyAndLoad(InputStream bytes, String file) throws IOException {
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
  private static Loaded load(Path file) {
    try {
      System.load(file.toString());
      int version = CudaCalls.abiVersion();
      return version == ABI_VERSION
          ? new Loaded.Usable(new JniLibrary())
          : new Loaded.Unusable(
              "%s has interface version %d, this jar needs %d: build both together"
                  .formatted(file, version, ABI_VERSION));
    } catch (UnsatisfiedLinkError e) {
      return new Loaded.Unusable(
          "the library cannot be loaded here (%s): build it on this system with nvcc of CUDA 12.4 or later"
              .formatted(e.getMessage()));
    }
  }
}
