package dev.chasqui.schemas.registry.server;

/** A refusal in the registry's own terms; the code's first three digits are the HTTP status. */
final class RegistryError extends Exception {
  private static final long serialVersionUID = 1L;

  private final int code;

  private RegistryError(int code, String message) {
    super(message);
    this.code = code;
  }

  int code() {
    return code;
  }

  int status() {
    return code < 1000 ? code : code / 100;
  }

  static RegistryError subjectNotFound(String subject) {
    return new RegistryError(40401, "Subject '" + subject + "' not found.");
  }

  static RegistryError versionNotFound(int version) {
    return new RegistryError(40402, "Version " + version + " not found.");
  }

  static RegistryError schemaNotFound(String what) {
    return new RegistryError(40403, "Schema " + what + " not found");
  }

  static RegistryError levelNotConfigured(String subject) {
    return new RegistryError(
        40408, "Subject '" + subject + "' does not have subject-level compatibility configured");
  }

  static RegistryError incompatible(String subject, String details) {
    return new RegistryError(
        409,
        "Schema being registered is incompatible with an earlier schema for subject \"%s\", details: %s"
            .formatted(subject, details));
  }

  static RegistryError invalidSchema(String reason) {
    return new RegistryError(42201, "Invalid schema: " + reason);
  }

  static RegistryError invalidVersion(String version) {
    return new RegistryError(
        42202, "The specified version '%s' is not a number above 0 or latest".formatted(version));
  }

  static RegistryError invalidLevel(String level) {
    return new RegistryError(42203, "Invalid compatibility level: " + level);
  }

  static RegistryError badRequest(String reason) {
    return new RegistryError(400, reason);
  }

  static RegistryError tooLarge(int limit) {
    return new RegistryError(413, "The request exceeds " + limit + " bytes");
  }

  static RegistryError noSuchPath(String method, String path) {
    return new RegistryError(404, "HTTP 404: no " + method + " " + path + " here");
  }
}
