package dev.chasqui.service;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.Environment;

/** Reads the properties {@code chasqui.*} into records; values of the wrong kind become faults. */
public final class PropertyReader {

  private static final String PREFIX = "chasqui";

  private final Environment environment;
  private final Faults faults;

  /**
   * Prepares to read.
   *
   * @param environment has the properties
   * @param faults gets what is of the wrong kind
   */
  public PropertyReader(Environment environment, Faults faults) {
    this.environment = environment;
    this.faults = faults;
  }

  /**
   * Reads a record.
   *
   * @param <T> the record
   * @param type its components are properties, its defaults hold for what is not set
   * @return the record, with the default in place of a value of the wrong kind
   */
  public <T> T read(Class<T> type) {
    return Binder.get(environment).bindOrCreate(PREFIX, Bindable.of(type), new Collecting());
  }

  /** Notes values of the wrong kind and goes on with the default in their place. */
  private final class Collecting extends AbstractBindHandler {

    @Override
    public @Nullable Object onFailure(
        ConfigurationPropertyName name, Bindable<?> target, BindContext context, Exception error)
        throws Exception {
      var property = context.getConfigurationProperty();
      if (property == null || !property.getName().equals(name)) {
        throw error;
      }
      faults.add(
          "%s is '%s': it must be of type %s"
              .formatted(name, property.getValue(), target.getType().resolve().getSimpleName()));
      return null;
    }
  }
}
