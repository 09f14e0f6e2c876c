package dev.chasqui.service;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * How a meter is called, what it counts in, and by what it is told apart.
 *
 * @param name with dots, as Micrometer has it
 * @param unit in the plural
 * @param tags names of its tags, in the order in which values are given
 */
public record MeterName(String name, String unit, List<String> tags) {

  /** Copies the tags in. */
  public MeterName {
    tags = List.copyOf(tags);
  }

  /**
   * Names a meter.
   *
   * @param name with dots
   * @param unit in the plural
   * @param tags names of its tags
   * @return the name
   */
  public static MeterName of(String name, String unit, String... tags) {
    return new MeterName(name, unit, List.of(tags));
  }

  /**
   * Returns the counter.
   *
   * @param registry has it, or makes it
   * @param values of the tags
   * @return the counter
   */
  public Counter counter(MeterRegistry registry, String... values) {
    return Counter.builder(name).baseUnit(unit).tags(tagged(values)).register(registry);
  }

  /**
   * Returns the timer; its unit is the registry's.
   *
   * @param registry has it, or makes it
   * @param values of the tags
   * @return the timer
   */
  public Timer timer(MeterRegistry registry, String... values) {
    return Timer.builder(name).tags(tagged(values)).register(registry);
  }

  /**
   * Shows a number that goes up and down.
   *
   * @param <T> what is looked at
   * @param registry gets the gauge
   * @param watched what is looked at; the caller keeps it
   * @param value reads the number
   * @param values of the tags
   */
  public <T> void gauge(
      MeterRegistry registry, T watched, ToDoubleFunction<T> value, String... values) {
    Gauge.builder(name, watched, value).baseUnit(unit).tags(tagged(values)).register(registry);
  }

  private List<Tag> tagged(String... values) {
    if (values.length != tags.size()) {
      throw new IllegalArgumentException(
          "meter %s has the tags %s, but %d values were given: give one for each"
              .formatted(name, tags, values.length));
    }
    return IntStream.range(0, values.length).mapToObj(i -> Tag.of(tags.get(i), values[i])).toList();
  }
}
