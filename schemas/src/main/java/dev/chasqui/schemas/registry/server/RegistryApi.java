package dev.chasqui.schemas.registry.server;

import dev.chasqui.schemas.compatibility.CompatibilityLevel;
import dev.chasqui.schemas.registry.server.LogEntry.LevelSet;
import dev.chasqui.schemas.registry.server.LogEntry.Registered;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;

/** The answers to the requests of Confluent's REST API, as values that become JSON. */
final class RegistryApi {
  private final SchemaStore store;

  RegistryApi(SchemaStore store) {
    this.store = store;
  }

  /** Every path that is served. */
  Routes routes() {
    return new Routes()
        .add("GET", "/", request -> Map.of())
        .add("GET", "/subjects", request -> store.subjects())
        .add("POST", "/subjects/{}", this::lookUp)
        .add("GET", "/subjects/{}/versions", this::versions)
        .add("POST", "/subjects/{}/versions", this::register)
        .add("GET", "/subjects/{}/versions/{}", request -> describe(version(request)))
        .add("GET", "/subjects/{}/versions/{}/schema", request -> raw(version(request).schema()))
        .add("GET", "/subjects/{}/versions/{}/referencedby", request -> List.of())
        .add("GET", "/schemas/types", request -> List.of("AVRO"))
        .add("GET", "/schemas/ids/{}", request -> Map.of("schema", store.schema(id(request))))
        .add("GET", "/schemas/ids/{}/schema", request -> raw(store.schema(id(request))))
        .add("GET", "/schemas/ids/{}/subjects", this::subjectsOfSchema)
        .add("GET", "/schemas/ids/{}/versions", this::versionsOfSchema)
        .add("POST", "/compatibility/subjects/{}/versions", this::compatibleWithAll)
        .add("POST", "/compatibility/subjects/{}/versions/{}", this::compatibleWithOne)
        .add("GET", "/config", request -> Map.of("compatibilityLevel", store.level()))
        .add("PUT", "/config", request -> setLevel(request, Optional.empty()))
        .add("GET", "/config/{}", this::level)
        .add("PUT", "/config/{}", request -> setLevel(request, subject(request)))
        .add("DELETE", "/config/{}", this::removeLevel)
        .add("GET", "/mode", request -> Map.of("mode", "READWRITE"))
        .add("GET", "/mode/{}", request -> Map.of("mode", "READWRITE"));
  }

  private static RawJson raw(String text) {
    return new RawJson(text);
  }

  private static Optional<String> subject(ApiRequest request) {
    return Optional.of(request.segment(0));
  }

  private Object lookUp(ApiRequest request) throws RegistryError {
    return describe(store.find(request.segment(0), request.schema()));
  }

  private Object versions(ApiRequest request) throws RegistryError {
    return store.versions(request.segment(0)).stream().map(Registered::version).toList();
  }

  private Object register(ApiRequest request) throws RegistryError, IOException {
    return Map.of("id", store.register(request.segment(0), request.schema()).id());
  }

  private Object subjectsOfSchema(ApiRequest request) throws RegistryError {
    return store.uses(id(request)).stream().map(Registered::subject).distinct().toList();
  }

  private Object versionsOfSchema(ApiRequest request) throws RegistryError {
    return store.uses(id(request)).stream()
        .map(use -> Map.of("subject", use.subject(), "version", use.version()))
        .toList();
  }

  private Object compatibleWithAll(ApiRequest request) throws RegistryError {
    return compatibility(request, store.versions(request.segment(0)));
  }

  /** A subject without versions takes every schema, as Confluent's registry has it. */
  private Object compatibleWithOne(ApiRequest request) throws RegistryError {
    boolean fresh = !store.subjects().contains(request.segment(0));
    return fresh && request.segment(1).equals("latest")
        ? compatibility(request, List.of())
        : compatibility(request, List.of(version(request)));
  }

  private Object compatibility(ApiRequest request, List<Registered> against) throws RegistryError {
    Schema schema = request.schema();
    List<String> broken = store.incompatibilities(request.segment(0), schema, against);
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("is_compatible", broken.isEmpty());
    if (request.flag("verbose")) {
      answer.put("messages", broken);
    }
    return answer;
  }

  private Object level(ApiRequest request) throws RegistryError {
    String subject = request.segment(0);
    Optional<CompatibilityLevel> own = store.ownLevel(subject);
    if (own.isEmpty() && !request.flag("defaultToGlobal")) {
      throw RegistryError.levelNotConfigured(subject);
    }
    return Map.of("compatibilityLevel", store.level(subject));
  }

  private Object setLevel(ApiRequest request, Optional<String> subject)
      throws RegistryError, IOException {
    CompatibilityLevel level = request.level();
    store.setLevel(new LevelSet(subject, Optional.of(level)));
    return Map.of("compatibility", level);
  }

  private Object removeLevel(ApiRequest request) throws RegistryError, IOException {
    CompatibilityLevel removed =
        store
            .ownLevel(request.segment(0))
            .orElseThrow(() -> RegistryError.subjectNotFound(request.segment(0)));
    store.setLevel(new LevelSet(subject(request), Optional.empty()));
    return Map.of("compatibility", removed);
  }

  private Registered version(ApiRequest request) throws RegistryError {
    List<Registered> versions = store.versions(request.segment(0));
    int number = request.version(versions.size());
    if (number > versions.size()) {
      throw RegistryError.versionNotFound(number);
    }
    return versions.get(number - 1);
  }

  private static int id(ApiRequest request) throws RegistryError {
    try {
      return Integer.parseInt(request.segment(0));
    } catch (NumberFormatException e) {
      throw RegistryError.schemaNotFound(request.segment(0));
    }
  }

  private static Object describe(Registered version) {
    return Map.of(
        "subject", version.subject(),
        "version", version.version(),
        "id", version.id(),
        "schema", version.schema());
  }
}
