package dev.chasqui.cli;

import java.lang.reflect.Constructor;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Makes commands, giving their surroundings to those that ask for them. */
final class Commands implements IFactory {

  private final Surroundings surroundings;
  private final IFactory others = CommandLine.defaultFactory();

  Commands(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public <K> K create(Class<K> type) throws Exception {
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      Class<?>[] wanted = constructor.getParameterTypes();
      if (wanted.length == 1 && wanted[0] == Surroundings.class) {
        constructor.setAccessible(true);
        return type.cast(constructor.newInstance(surroundings));
      }
    }
    return others.create(type);
  }
}
