package dev.chasqui.schemas.registry;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/**
 * Remembers what the registry answered: ids and schemas never change once given.
 *
 * <p>Safe for threads. It grows with the schemas in use, a handful per topic, so nothing is
 * evicted; failures are not remembered.
 */
public final class SchemaCache implements AutoCloseable {
  private record Subject(String name, Schema schema) {}

  private final RegistryClient client;
  private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();
  private final Map<Subject, Integer> ids = new ConcurrentHashMap<>();

  /**
   * Starts empty.
   *
   * @param client asked for what is not here yet; owned and closed by this cache
   */
  public SchemaCache(RegistryClient client) {
    this.client = client;
  }

  /**
   * The schema of an id.
   *
   * @param id the id in a record's first bytes
   * @return the schema
   * @throws UnknownSchemaException if the registry denies the id
   * @throws RegistryUnavailableException if no registry answers
   */
  public Schema schema(int id) {
    Schema known = schemas.get(id);
    if (known != null) {
      return known;
    }
    Schema fetched = client.schema(id);
    schemas.put(id, fetched);
    return fetched;
  }

  /**
   * The id of a schema, which is registered if need be.
   *
   * @param subject the subject
   * @param schema the schema
   * @return its id
   * @throws SchemaRefusedException if the registry does not take the schema
   * @throws RegistryUnavailableException if no registry answers
   */
  public int registered(String subject, Schema schema) {
    Subject key = new Subject(subject, schema);
    Integer known = ids.get(key);
    return known != null ? known : remember(key, client.register(subject, schema));
  }

  /**
   * The id of a schema that someone else registered.
   *
   * @param subject the subject
   * @param schema the schema
   * @return its id
   * @throws UnknownSchemaException if the subject does not hold the schema
   * @throws RegistryUnavailableException if no registry answers
   */
  public int lookedUp(String subject, Schema schema) {
    Subject key = new Subject(subject, schema);
    Integer known = ids.get(key);
    return known != null ? known : remember(key, client.lookUp(subject, schema));
  }

  @Override
  public void close() {
    client.close();
  }

  private int remember(Subject key, int id) {
    ids.put(key, id);
    return id;
  }
}
