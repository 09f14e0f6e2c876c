package dev.chasqui.guard.topology.state;

import org.apache.avro.util.ClassSecurityValidator;
import org.apache.avro.util.ClassSecurityValidator.ClassSecurityPredicate;

/**
 * Lets Avro load the state records of this package, and no others than before.
 *
 * <p>Since 1.12.2 Avro refuses every class that no one vouches for, its own generated ones
 * included. Each record calls this when it is first used (see the Avro templates of module
 * schemas), so that nobody needs to set Avro's system properties.
 */
final class TrustedEvents {
  private static final String PACKAGE = TrustedEvents.class.getPackageName();

  static {
    synchronized (ClassSecurityValidator.class) { // another package may be at the same point
      ClassSecurityPredicate before = ClassSecurityValidator.getGlobal();
      ClassSecurityValidator.setGlobal(
          ClassSecurityValidator.composite(before, type -> type.getPackageName().equals(PACKAGE)));
    }
  }

  private TrustedEvents() {}

  /** Does its work once: when this class is loaded. */
  static void grant() {
    // the static block above has run by now
  }
}
