package dev.chasqui.stream;

import java.util.LinkedHashMap;
import java.util.Map;

/** The calls that one incarnation of a task has open, so that none outlives it. */
public final class OpenCalls {

  private final Map<Object, OpenCall> calls = new LinkedHashMap<>();

  /** A call to an engine that can be given up. */
  @FunctionalInterface
  public interface OpenCall {

    /** Gives the call up soon; must not block or throw. */
    void cancel();
  }

  /**
   * Remembers a call until it has ended.
   *
   * @param key what the caller knows it by
   * @param call the call
   * @throws IllegalStateException if a call of that key is open
   */
  public void opened(Object key, OpenCall call) {
    if (calls.putIfAbsent(key, call) != null) {
      call.cancel();
      throw new IllegalStateException("a call of " + key + " is open already");
    }
  }

  /**
   * Forgets a call that came to its end by itself.
   *
   * @param key what the caller knows it by
   */
  public void ended(Object key) {
    calls.remove(key);
  }

  /**
   * Gives a call up; does nothing where none is open.
   *
   * @param key what the caller knows it by
   */
  public void cancel(Object key) {
    OpenCall call = calls.remove(key);
    if (call != null) {
      call.cancel();
    }
  }

  /** Returns how many calls are open. */
  public int size() {
    return calls.size();
  }

  void cancelAll() {
    calls.values().forEach(OpenCall::cancel);
    calls.clear();
  }
}
