package dev.chasqui.engine.runtime;

/** Keeps the faults of listeners out of the engine. */
final class Guarded {

  private static final System.Logger LOG = System.getLogger(Guarded.class.getName());

  private Guarded() {}

  /** Calls a listener; if it throws, the event is lost to it and the engine goes on. */
  static void run(Runnable listener) {
    try {
      listener.run();
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "a listener of the engine threw: it must not", e);
    }
  }
}
